package io.rke4j.core.phase.machine;

import io.rke4j.api.cluster.MachineReplacement.WhenUnreachable;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.state.ClusterMemory;
import io.rke4j.core.state.NodeRecord.Standing;
import io.rke4j.spi.node.NodeInventory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The machines that a plan or run replaces: those that were found lost, and those that an earlier
 * run had begun to replace. How far each is, is in the memory of the cluster, so that a run that
 * was cut off is continued by the next: before the old machine is destroyed, the node is condemned;
 * when nothing is left of it, it is awaited, and only then a new machine is made.
 */
public final class Replacements {

  private final ClusterMemory memory;
  private final Map<NodeName, String> lost;
  private final Set<NodeName> names;
  private final KubeConnection kube;
  private final Consumer<NodeName> removed;

  /**
   * Replacements in one cluster.
   *
   * @param memory what is remembered of the cluster
   * @param lost nodes whose machines are lost, and how that is known
   * @param kube the cluster's API
   * @param removed hears of every node that has gone
   */
  public Replacements(
      ClusterMemory memory,
      Map<NodeName, String> lost,
      KubeConnection kube,
      Consumer<NodeName> removed) {
    this.memory = memory;
    this.lost = Map.copyOf(lost);
    this.kube = kube;
    this.removed = removed;
    Set<NodeName> doomed = new HashSet<>(memory.standing(Standing.CONDEMNED));
    doomed.addAll(lost.keySet());
    this.names = Set.copyOf(doomed);
  }

  /** The nodes that were to be replaced when this was made. */
  public Set<NodeName> names() {
    return names;
  }

  /** Whether a plan shows that a node's machine is replaced. */
  public static boolean areIn(Plan plan, NodeName node) {
    return plan.step(DeleteLostNode.id(node))
        .filter(step -> !step.decision().isUpToDate())
        .isPresent();
  }

  /** The step by which the replacement of a node's machine begins. */
  public static StepId begin(NodeName node) {
    return DestroyLostMachine.id(node);
  }

  /** Whether the machine that a node has now is still to go. */
  boolean isDoomed(NodeName node) {
    return memory.standing(Standing.CONDEMNED).contains(node)
        || (lost.containsKey(node) && !memory.standing(Standing.AWAITED).contains(node));
  }

  /** Why a machine goes, in words. */
  String reason(NodeName node) {
    return lost.getOrDefault(node, "an earlier run has begun to replace it");
  }

  void condemn(NodeName node) {
    memory.remember(node, Standing.CONDEMNED);
  }

  /** Takes the node out of Kubernetes, and remembers that nothing is left of it. */
  void forget(NodeName node) {
    kube.api().deleteNode(node);
    memory.remember(node, Standing.AWAITED);
    removed.accept(node);
  }

  /** The cluster as if machines that are to go were not there. */
  public Resolved without(Resolved cluster) {
    List<ClusterNode> nodes =
        cluster.nodes().stream()
            .map(node -> names.contains(node.name()) ? ClusterNode.unlocated(node.spec()) : node)
            .toList();
    return new Resolved(cluster.spec(), cluster.release(), nodes);
  }

  /** The machines, without those that are still to go. */
  public NodeInventory without(NodeInventory machines) {
    return node -> isDoomed(node.name()) ? Optional.empty() : machines.find(node);
  }

  /**
   * What a node's machine has to wait for before it is destroyed: of a pool, only so many machines
   * are missing at the same time, those included that earlier runs have destroyed.
   */
  Map<NodeName, Set<StepId>> turns(List<NodeSpec> nodes) {
    Map<String, List<NodeSpec>> groups = new TreeMap<>();
    Set<NodeName> awaited = memory.standing(Standing.AWAITED);
    for (boolean first : new boolean[] {true, false}) {
      for (NodeSpec node : nodes) {
        boolean isNext = first ? awaited.contains(node.name()) : isDoomed(node.name());
        if (isNext && node.replacement() instanceof WhenUnreachable policy) {
          groups.computeIfAbsent(policy.group(), name -> new ArrayList<>()).add(node);
        }
      }
    }
    Map<NodeName, Set<StepId>> turns = new LinkedHashMap<>();
    groups.values().forEach(group -> turns(group, turns));
    return turns;
  }

  private static void turns(List<NodeSpec> group, Map<NodeName, Set<StepId>> turns) {
    for (int index = 0; index < group.size(); index++) {
      NodeSpec node = group.get(index);
      int atMost = node.replacement() instanceof WhenUnreachable policy ? policy.atMost() : 1;
      Set<StepId> before = new HashSet<>();
      for (NodeSpec earlier : group.subList(0, Math.max(0, index - atMost + 1))) {
        before.add(CreateMachine.id(earlier.name()));
      }
      turns.put(node.name(), Set.copyOf(before));
    }
  }
}
