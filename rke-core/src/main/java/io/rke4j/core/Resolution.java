package io.rke4j.core;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeDriver;
import java.util.List;
import java.util.Optional;

/**
 * Fills in what a specification leaves open: what belongs to its version, and where its nodes are.
 */
final class Resolution {

  private Resolution() {}

  static Resolved of(ClusterSpec spec, NodeDriver driver) {
    List<SpecProblem> problems =
        spec.nodes().stream().flatMap(node -> driver.check(node).stream()).toList();
    if (!problems.isEmpty()) {
      throw new InvalidSpecException("cluster '" + spec.name() + "'", problems);
    }
    return new Resolved(
        spec,
        VersionCatalogue.builtIn().release(spec),
        spec.nodes().stream().map(node -> locate(node, driver)).toList());
  }

  private static ClusterNode locate(NodeSpec node, NodeDriver driver) {
    Optional<Machine> machine = driver.find(node);
    // Until its machine is made, a node is known by its name only.
    return new ClusterNode(
        node,
        machine.map(Machine::address).orElse(node.name().value()),
        machine.map(Machine::internalAddress).orElse(node.name().value()));
  }
}
