package io.rke4j.spi.node;

import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.spi.OperationContext;
import java.util.List;

/**
 * Makes machines. Thread-safe across nodes; called by one thread at a time for each node. Failures
 * are {@link io.rke4j.spi.ProviderException}s.
 */
public interface NodeDriver extends NodeInventory, AutoCloseable {

  /**
   * What is wrong with a node's specification for this driver; read-only, before anything is made.
   */
  List<SpecProblem> check(NodeSpec node);

  /** Makes the machine; where it already exists, returns it. */
  Machine create(NodeSpec node, OperationContext context);

  /** Takes the machine away; where there is none, does nothing. */
  void destroy(NodeSpec node, OperationContext context);

  @Override
  void close();
}
