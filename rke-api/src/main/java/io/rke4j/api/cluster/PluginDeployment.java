package io.rke4j.api.cluster;

/**
 * How the network plugin is deployed.
 *
 * @param pods where its pods run
 * @param mtu the largest packet of pods, in bytes; 0 for the plugin's own default
 */
public record PluginDeployment(PodsSpec pods, int mtu) {

  /** As RKE deploys it. */
  public static final PluginDeployment USUAL = new PluginDeployment(PodsSpec.USUAL, 0);
}
