package io.rke4j.spi.node;

import io.rke4j.api.cluster.NodeSpec;
import java.util.Optional;

/** Knows which machines exist. Read-only: all that a plan may use of a driver. */
public interface NodeInventory {

  /** The machine of a node, if it exists. */
  Optional<Machine> find(NodeSpec node);
}
