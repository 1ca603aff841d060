package io.rke4j.spi.addon;

/**
 * Makes a deployer for a running cluster. Hand it to {@link
 * io.rke4j.api.ClusterProvisioner.Builder#addonDeployer}; the library does not look for others by
 * itself.
 */
public interface AddonDeployerProvider {

  /** A short name, for example {@code job}. */
  String id();

  /** Opens the deployer without contacting the cluster. The caller closes it. */
  AddonDeployer open(KubeEndpoint cluster);
}
