package io.rke4j.spi.runtime;

import io.rke4j.api.cluster.RuntimeSpec;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;

/**
 * Opens the engine of a connected host. Hand it to {@link
 * io.rke4j.api.ClusterProvisioner.Builder#runtime}; the library does not look for others by itself.
 */
public interface ContainerRuntimeProvider {

  /** A short name, for example {@code docker}. */
  String id();

  /**
   * Opens the engine and makes sure that it answers. The caller closes it; the connection stays the
   * caller's.
   *
   * @param machine the host
   * @param connection a connection to it
   * @param spec the registries that images are pulled from, with their logins
   */
  ContainerRuntime open(Machine machine, NodeConnection connection, RuntimeSpec spec);
}
