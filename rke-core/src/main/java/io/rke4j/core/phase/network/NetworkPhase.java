package io.rke4j.core.phase.network;

import io.rke4j.api.cluster.NetworkPlugin;
import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.manifest.PlannedAddon;
import io.rke4j.core.phase.DeployAddon;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.workerplane.NodesJoined;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The network plugin, by its deploy Job.
 *
 * @param nodes the cluster whose nodes have registered
 * @param addons all addons of the cluster; the network plugin may be among them
 * @param warnings hears of what is not critical
 */
public record NetworkPhase(NodesJoined nodes, List<PlannedAddon> addons, Consumer<String> warnings)
    implements PhaseUnit<PodNetwork> {

  private static final StepId SAVE_PASSWORD = Steps.once(Phase.NETWORK, "save-network-password");

  /** Copies the addons. */
  public NetworkPhase {
    addons = List.copyOf(addons);
  }

  @Override
  public Phase phase() {
    return Phase.NETWORK;
  }

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    if (result().ready().contains(PodNetwork.AUTHORIZE)) {
      steps.add(authorizeDeployer());
    }
    NetworkSpec network = nodes.cluster().spec().network();
    if (network.plugin() == NetworkPlugin.WEAVE) {
      steps.add(
          new SavePassword(
              SAVE_PASSWORD,
              result().ready(),
              network.deployment().password(),
              result().connection()));
    }
    Set<StepId> before = Steps.all(result().ready(), Steps.ids(steps));
    addons.stream()
        .filter(addon -> addon.kind() == PlannedAddon.Kind.NETWORK)
        .forEach(addon -> steps.add(deploy(addon, before)));
    return steps;
  }

  private Step authorizeDeployer() {
    Set<StepId> before = new HashSet<>(result().ready());
    before.remove(PodNetwork.AUTHORIZE);
    return new AuthorizeDeployer(
        PodNetwork.AUTHORIZE, Set.copyOf(before), addons, result().connection());
  }

  private Step deploy(PlannedAddon addon, Set<StepId> before) {
    return new DeployAddon(
        PodNetwork.DEPLOY,
        before,
        addon,
        nodes.cluster().spec().addons().jobTimeout(),
        result().connection(),
        warnings);
  }

  @Override
  public PodNetwork result() {
    return new PodNetwork(nodes);
  }
}
