package io.rke4j.spi.node;

import io.rke4j.api.cluster.NodeSpec;
import java.util.Optional;

/** Knows which machines exist. Read-only: all that a plan may use of a driver. */
public interface NodeInventory {

  /** The machine of a node, if it exists. */
  Optional<Machine> find(NodeSpec node);

  /**
   * Whether there is anything that {@link NodeDriver#destroy} would take away: the machine, or what
   * a creation that did not come to its end has left. A driver whose creation takes several steps
   * overrides this, or such leftovers stay when a cluster is removed.
   */
  default boolean exists(NodeSpec node) {
    return find(node).isPresent();
  }
}
