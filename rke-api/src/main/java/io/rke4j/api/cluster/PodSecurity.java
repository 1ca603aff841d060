package io.rke4j.api.cluster;

import java.util.Locale;

/**
 * The pod security standard that namespaces have unless their labels name another one. Kubernetes
 * knows it since 1.23.
 */
public enum PodSecurity {
  /** Everything is allowed, where the version knows such standards at all. */
  BY_VERSION,
  /** Everything is allowed. */
  PRIVILEGED,
  /**
   * Only hardened pods are allowed; namespaces {@code kube-system} and {@code ingress-nginx} are
   * exempt.
   */
  RESTRICTED;

  /** The word for it, for example {@code restricted}. */
  public String kubernetesName() {
    return this == RESTRICTED ? name().toLowerCase(Locale.ROOT) : "privileged";
  }
}
