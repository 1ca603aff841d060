package io.rke4j.core;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.MachineReplacement.WhenUnreachable;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.plan.Plan;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.phase.machine.Replacements;
import io.rke4j.core.ssh.SshConnector;
import io.rke4j.core.state.ClusterMemory;
import io.rke4j.core.state.NodeRecord.Standing;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Which machines of a cluster are replaced, in one plan or run. */
final class Replacing implements AutoCloseable {

  private final ClusterSpec spec;
  private final ClusterMemory memory;
  private final KubeConnection kube;
  private final LossSurvey survey;
  private final Consumer<NodeName> removed;
  private volatile Replacements approved;

  Replacing(
      Resolved cluster,
      ClusterMemory memory,
      Toolbox tools,
      SshConnector ssh,
      Consumer<NodeName> removed) {
    this.spec = cluster.spec();
    this.memory = memory;
    this.removed = removed;
    this.kube =
        Workplace.connect(
            cluster, () -> Workplace.kubeconfig(cluster, memory), tools.api(ssh, spec));
    this.survey = new LossSurvey(kube, tools.driver(), ssh::connect, tools.lookers());
    this.approved = begun();
  }

  /** Those that an earlier run has begun to replace; nobody is looked at. */
  Replacements begun() {
    return replacements(Map.of());
  }

  /** Those as well that are lost. */
  Replacements found() {
    return replacements(survey.lost(candidates(node -> true)));
  }

  /** Those of them that the plan shows. */
  Replacements approved(Plan plan) {
    approved = replacements(survey.lost(candidates(node -> Replacements.areIn(plan, node.name()))));
    return approved;
  }

  private Replacements replacements(Map<NodeName, String> lost) {
    return new Replacements(memory, lost, kube, removed);
  }

  /** The cluster as if the machines that the run has replaced had never been there. */
  Resolved without(Resolved cluster) {
    return approved.without(cluster);
  }

  /** The nodes that may be replaced, if they are part of a cluster that runs. */
  private List<NodeSpec> candidates(Predicate<NodeSpec> asked) {
    if (!memory.isEstablished()) {
      return List.of();
    }
    return spec.nodes().stream()
        .filter(node -> node.replacement() instanceof WhenUnreachable)
        .filter(node -> memory.standing(Standing.MEMBER).contains(node.name()))
        .filter(asked)
        .toList();
  }

  @Override
  public void close() {
    kube.close();
  }
}
