package io.rke4j.api.cluster;

import java.util.Locale;

/** The plugin that connects pods. */
public enum NetworkPlugin {
  /** RKE's default: flannel connects the nodes, Calico enforces network policies. */
  CANAL,
  /** Calico: routes by BGP, packets between nodes within IP packets, network policies. */
  CALICO,
  /** Flannel with its VXLAN backend; no network policies. */
  FLANNEL,
  /** Weave Net, up to Kubernetes 1.29: routers of its own, with encryption and network policies. */
  WEAVE,
  /** None: nodes stay NotReady until the user has installed a CNI plugin. */
  NONE;

  /** The spelling of RKE's {@code network.plugin}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
