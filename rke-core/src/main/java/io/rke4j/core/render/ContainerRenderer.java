package io.rke4j.core.render;

import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;

/** Says what one container looks like on one node. The same input gives the same container. */
@FunctionalInterface
public interface ContainerRenderer {

  /** The container as it is wanted on a node whose engine said this of itself. */
  ContainerSpec render(Resolved cluster, ClusterNode node, EngineFacts engine);
}
