package io.rke4j.api.cluster;

/**
 * How the network plugin is deployed.
 *
 * @param pods where its pods run
 * @param mtu the largest packet of pods, in bytes; 0 for the plugin's own default
 * @param password what encrypts packets between hosts, with plugin weave; empty for none
 * @param bridgeFilter whether nodes load the kernel's module br_netfilter
 */
public record PluginDeployment(PodsSpec pods, int mtu, Secret password, boolean bridgeFilter) {

  /** As RKE deploys it. */
  public static final PluginDeployment USUAL = new PluginDeployment(PodsSpec.USUAL, 0);

  /** Without a password. */
  public PluginDeployment(PodsSpec pods, int mtu) {
    this(pods, mtu, Secret.of(""), false);
  }
}
