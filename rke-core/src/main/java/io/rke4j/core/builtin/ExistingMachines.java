package io.rke4j.core.builtin;

import io.rke4j.api.cluster.ExistingHost;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeDriver;
import java.util.List;
import java.util.Optional;

/** Machines that are already there: nothing is made, and nothing is ever destroyed. */
public final class ExistingMachines implements NodeDriver {

  @Override
  public List<SpecProblem> check(NodeSpec node) {
    return node.machine() instanceof ExistingHost
        ? List.of()
        : List.of(
            new SpecProblem(
                "node " + node.name(),
                "asks for a machine to be made, and no driver is there to make it",
                "give the address of a host, or hand a node driver to the provisioner"));
  }

  @Override
  public Optional<Machine> find(NodeSpec node) {
    return node.machine() instanceof ExistingHost host
        ? Optional.of(
            new Machine(
                node.name(),
                host.address(),
                host.internalAddress(),
                host.ssh(),
                host.dockerSocket()))
        : Optional.empty();
  }

  @Override
  public Machine create(NodeSpec node, OperationContext context) {
    return find(node)
        .orElseThrow(
            () ->
                ProviderException.permanentFailure(
                    "node " + node.name() + " has no machine", "Give the address of a host", null));
  }

  @Override
  public void destroy(NodeSpec node, OperationContext context) {
    // The machine was there before the cluster, and stays.
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
