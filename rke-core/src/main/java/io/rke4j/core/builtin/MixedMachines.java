package io.rke4j.core.builtin;

import io.rke4j.api.cluster.ExistingHost;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeDriver;
import java.util.List;
import java.util.Optional;

/**
 * Hosts that are there and machines that a driver makes, in one cluster. The driver is asked only
 * for the latter.
 */
public final class MixedMachines implements NodeDriver {

  private final NodeDriver hosts = new ExistingMachines();
  private final NodeDriver driver;

  /** With this driver, which the caller closes. */
  public MixedMachines(NodeDriver driver) {
    this.driver = driver;
  }

  private NodeDriver driverOf(NodeSpec node) {
    return node.machine() instanceof ExistingHost ? hosts : driver;
  }

  @Override
  public List<SpecProblem> check(NodeSpec node) {
    return driverOf(node).check(node);
  }

  @Override
  public Optional<Machine> find(NodeSpec node) {
    return driverOf(node).find(node);
  }

  @Override
  public boolean exists(NodeSpec node) {
    return driverOf(node).exists(node);
  }

  @Override
  public Machine create(NodeSpec node, OperationContext context) {
    return driverOf(node).create(node, context);
  }

  @Override
  public void destroy(NodeSpec node, OperationContext context) {
    driverOf(node).destroy(node, context);
  }

  @Override
  public void close() {
    // Whoever handed the driver in closes it.
  }
}
