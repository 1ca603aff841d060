package io.rke4j.api.cluster;

/**
 * One limit on events.
 *
 * @param scope what is counted together
 * @param perSecond events a second on average
 * @param burst events at once
 * @param cacheSize how many counters are kept at a time for scopes that have several; 0 for
 *     Kubernetes' default of 4096
 */
public record EventRateLimit(Scope scope, int perSecond, int burst, int cacheSize) {

  /** RKE's default: 5000 a second and 20000 at once, for the whole server. */
  public static final EventRateLimit DEFAULT = new EventRateLimit(Scope.SERVER, 5000, 20_000, 0);

  /** What is counted together. */
  public enum Scope {
    /** All events that a server gets. */
    SERVER("Server"),
    /** Those of one namespace. */
    NAMESPACE("Namespace"),
    /** Those of one user. */
    USER("User"),
    /** Those from one source about one object. */
    SOURCE_AND_OBJECT("SourceAndObject");

    private final String kubernetesName;

    Scope(String kubernetesName) {
      this.kubernetesName = kubernetesName;
    }

    /** The scope as Kubernetes writes it. */
    public String kubernetesName() {
      return kubernetesName;
    }
  }

  /** Checks that something gets through. */
  public EventRateLimit {
    if (perSecond < 1 || burst < 1 || cacheSize < 0) {
      throw new IllegalArgumentException(
          "a limit of "
              + perSecond
              + " events a second and "
              + burst
              + " at once lets none through, or has a cache smaller than nothing");
    }
  }
}
