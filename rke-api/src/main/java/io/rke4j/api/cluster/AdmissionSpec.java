package io.rke4j.api.cluster;

/**
 * What the API server does to a request before the object is kept, beyond what its version does
 * anyway.
 *
 * @param alwaysPullImages whether every pod's images are pulled anew, so that nobody runs an image
 *     without the right to pull it
 * @param podSecurityPolicy whether pods need a PodSecurityPolicy that allows them; RKE's default
 *     one allows those of {@code kube-system} and {@code ingress-nginx} everything
 * @param eventRateLimits whether events are limited, and how
 * @param configuration an {@code AdmissionConfiguration} of the user's own as YAML; empty if there
 *     is none
 * @param podSecurity the pod security standard of namespaces
 */
public record AdmissionSpec(
    boolean alwaysPullImages,
    boolean podSecurityPolicy,
    EventRateLimits eventRateLimits,
    String configuration,
    PodSecurity podSecurity) {

  /** What the version does, and no more. */
  public static final AdmissionSpec NONE = new AdmissionSpec(false, false, EventRateLimits.OFF, "");

  /** With the pod security standard that the version has. */
  public AdmissionSpec(
      boolean alwaysPullImages,
      boolean podSecurityPolicy,
      EventRateLimits eventRateLimits,
      String configuration) {
    this(
        alwaysPullImages,
        podSecurityPolicy,
        eventRateLimits,
        configuration,
        PodSecurity.BY_VERSION);
  }
}
