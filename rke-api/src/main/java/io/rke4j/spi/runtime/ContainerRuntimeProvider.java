package io.rke4j.spi.runtime;

import io.rke4j.api.cluster.RuntimeSpec;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;

/** Found by {@link java.util.ServiceLoader}; opens the engine of a connected host. */
public interface ContainerRuntimeProvider {

  /** The name that configuration files use, for example {@code docker}. */
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
