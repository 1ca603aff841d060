package io.rke4j.core.phase.finish;

import io.rke4j.api.cluster.NetworkPlugin;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.manifest.PlannedAddon;
import io.rke4j.core.phase.SaveStateInCluster;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.addons.Furnished;
import io.rke4j.core.state.ClusterMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Agents started, nodes awaited, and the result written down. Without a network plugin no node
 * becomes ready before the user has installed one, so nobody waits for it.
 *
 * @param furnished the cluster with everything in it
 * @param addons all addons of the cluster; agents may be among them
 * @param memory what is kept between runs
 * @param ready hears of each node when it is ready
 * @param warnings hears of what is not critical
 */
public record FinishPhase(
    Furnished furnished,
    List<PlannedAddon> addons,
    ClusterMemory memory,
    Consumer<NodeName> ready,
    Consumer<String> warnings)
    implements PhaseUnit<Finished> {

  /** Copies the addons. */
  public FinishPhase {
    addons = List.copyOf(addons);
  }

  private static final StepId RECORD = Steps.once(Phase.FINISH, "record-cluster");
  private static final StepId SAVE = Steps.once(Phase.FINISH, "save-state-in-cluster");

  @Override
  public Phase phase() {
    return Phase.FINISH;
  }

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    Set<StepId> before =
        Steps.all(
            furnished.deployed(),
            furnished.network().nodes().allSynced(),
            furnished.network().nodes().kube().encrypted());
    if (cluster().spec().network().plugin() != NetworkPlugin.NONE) {
      for (ClusterNode node : cluster().nodes()) {
        steps.add(
            new AwaitNodeReady(
                node.name(),
                Steps.all(
                    furnished.network().deployed(),
                    Set.of(furnished.network().nodes().synced(node))),
                furnished.network().connection(),
                ready));
      }
      before = Steps.all(before, Steps.onEach(cluster().nodes(), n -> AwaitNodeReady.id(n.name())));
    }
    List<Step> agents = agents().steps(before);
    steps.addAll(agents);
    before = Steps.all(before, Steps.ids(agents));
    steps.add(new RecordCluster(RECORD, before, cluster(), furnished.addons(), memory));
    steps.add(
        new SaveStateInCluster(
            SAVE, Set.of(RECORD), furnished.network().connection(), memory::document, warnings));
    return steps;
  }

  private AgentSteps agents() {
    return new AgentSteps(
        furnished,
        addons.stream().filter(addon -> addon.kind() == PlannedAddon.Kind.AGENT).toList(),
        memory.addons());
  }

  @Override
  public Finished result() {
    return new Finished(cluster(), furnished.network().connection(), Set.of(RECORD, SAVE));
  }

  private Resolved cluster() {
    return furnished.network().cluster();
  }
}
