package io.rke4j.api.cluster;

import java.util.Locale;

/** The plugin that connects pods. */
public enum NetworkPlugin {
  /** Flannel with its VXLAN backend. */
  FLANNEL,
  /** None: nodes stay NotReady until the user has installed a CNI plugin. */
  NONE;

  /** The spelling of RKE's {@code network.plugin}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
