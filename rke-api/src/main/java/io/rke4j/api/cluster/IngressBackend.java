package io.rke4j.api.cluster;

/**
 * What the ingress controller answers with where no rule matches.
 *
 * @param enabled whether it is deployed; without it the controller answers itself
 * @param priorityClass the PriorityClass of its pod; empty for none
 */
public record IngressBackend(boolean enabled, String priorityClass) {

  /** Deployed, with no priority class. */
  public static final IngressBackend USUAL = new IngressBackend(true, "");
}
