package io.rke4j.core.phase.machine;

import io.rke4j.api.cluster.DockerSpec;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.VirtualMachine;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeInventory;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Machines as later phases see them: one that is yet to get its engine is not there for them, so
 * that a plan shows what will happen on it as it does for a machine that is yet to be made. What
 * was found to be there is not asked again.
 */
public final class ReadyMachines implements NodeInventory {

  private final DockerSpec docker;
  private final MachineShell shell;
  private final Set<NodeName> kept = ConcurrentHashMap.newKeySet();

  /** Machines whose engines are as this says. */
  public ReadyMachines(DockerSpec docker, MachineShell shell) {
    this.docker = docker;
    this.shell = shell;
  }

  @Override
  public Optional<Machine> find(NodeSpec node) {
    return shell.inventory().find(node).filter(machine -> isReady(node));
  }

  /**
   * The cluster as if machines were not there that nothing can have been put on. An engine that is
   * installed and cannot be used may have run something: who wants that cleaned has to hear why it
   * cannot be, unless the machine goes with all that is on it.
   *
   * @param begun the nodes on whose hosts a run may have put something
   */
  public Resolved withRemains(Resolved cluster, Set<NodeName> begun) {
    return new Resolved(
        cluster.spec(),
        cluster.release(),
        cluster.nodes().stream()
            .map(
                node ->
                    !node.isLocated() || isReady(node.spec()) || mayHaveRemains(node.spec(), begun)
                        ? node
                        : ClusterNode.unlocated(node.spec()))
            .toList());
  }

  private boolean mayHaveRemains(NodeSpec node, Set<NodeName> begun) {
    if (node.machine() instanceof VirtualMachine || !begun.contains(node.name())) {
      return false;
    }
    return keep(node, shell.look(node).filter(DockerFacts::isInstalled).isPresent());
  }

  private boolean isReady(NodeSpec node) {
    return !docker.concerns(node)
        || kept.contains(node.name())
        || keep(node, shell.look(node).filter(DockerFacts::isUsable).isPresent());
  }

  private boolean keep(NodeSpec node, boolean is) {
    if (is) {
      kept.add(node.name());
    }
    return is;
  }
}
