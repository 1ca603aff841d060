package io.rke4j.api.cluster;

/**
 * What the ingress controller answers with where no rule matches.
 *
 * @param use whether it is deployed; without it the controller answers itself
 * @param priorityClass the PriorityClass of its pod; empty for none
 */
public record IngressBackend(Use use, String priorityClass) {

  /** As the Kubernetes version has it, with no priority class. */
  public static final IngressBackend USUAL = new IngressBackend(Use.BY_VERSION, "");

  /** Whether the backend is deployed. */
  public enum Use {
    /** Before Kubernetes 1.21, and no longer from there on. */
    BY_VERSION,
    /** Yes. */
    YES,
    /** No. */
    NO
  }
}
