package io.rke4j.api.cluster;

/**
 * Keeps pods off a node.
 *
 * @param key what the taint is about
 * @param value its value; may be empty
 * @param effect what happens to pods that do not tolerate it
 */
public record Taint(String key, String value, Effect effect) {

  /** What a taint does to pods that do not tolerate it. The names are Kubernetes' own. */
  public enum Effect {
    /** New pods stay away. */
    NO_SCHEDULE("NoSchedule"),
    /** New pods stay away if they can. */
    PREFER_NO_SCHEDULE("PreferNoSchedule"),
    /** New pods stay away and running ones leave. */
    NO_EXECUTE("NoExecute");

    private final String kubernetesName;

    Effect(String kubernetesName) {
      this.kubernetesName = kubernetesName;
    }

    /** The spelling in the Kubernetes API, for example {@code NoSchedule}. */
    public String kubernetesName() {
      return kubernetesName;
    }
  }

  /** Checks that there is a key. */
  public Taint {
    if (key.isBlank()) {
      throw new IllegalArgumentException("a taint needs a key");
    }
  }

  @Override
  public String toString() {
    return key + (value.isEmpty() ? "" : "=" + value) + ":" + effect.kubernetesName();
  }
}
