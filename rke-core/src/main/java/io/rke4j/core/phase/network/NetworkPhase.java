package io.rke4j.core.phase.network;

import io.rke4j.api.plan.Phase;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.manifest.PlannedAddon;
import io.rke4j.core.phase.DeployAddon;
import io.rke4j.core.phase.workerplane.NodesJoined;
import java.util.List;
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
    return addons.stream()
        .filter(addon -> addon.kind() == PlannedAddon.Kind.NETWORK)
        .map(this::deploy)
        .toList();
  }

  private Step deploy(PlannedAddon addon) {
    return new DeployAddon(
        PodNetwork.DEPLOY,
        result().ready(),
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
