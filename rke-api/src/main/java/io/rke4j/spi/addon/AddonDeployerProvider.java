package io.rke4j.spi.addon;

/** Found by {@link java.util.ServiceLoader}; makes a deployer for a running cluster. */
public interface AddonDeployerProvider {

  /** The name that configuration files use, for example {@code job}. */
  String id();

  /** Opens the deployer without contacting the cluster. The caller closes it. */
  AddonDeployer open(KubeEndpoint cluster);
}
