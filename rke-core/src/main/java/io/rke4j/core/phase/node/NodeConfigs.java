package io.rke4j.core.phase.node;

import io.rke4j.api.plan.Phase;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.management.ClusterAccount;
import io.rke4j.core.phase.ManagementStep;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.node.NodeInventory;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How each node is reached, kept in the management cluster if there is one.
 *
 * @param fleet the hosts
 * @param account what is kept of the cluster, if anything is
 * @param inventory knows the machines
 */
public record NodeConfigs(Fleet fleet, Optional<ClusterAccount> account, NodeInventory inventory)
    implements PhaseUnit<Fleet> {

  @Override
  public Phase phase() {
    return Phase.NODE;
  }

  @Override
  public List<Step> steps() {
    Resolved cluster = fleet.cluster();
    return account.stream()
        .<Step>map(
            kept ->
                new ManagementStep(
                    Steps.once(Phase.NODE, "save-node-configs"),
                    Set.of(),
                    "save how each node is reached",
                    () -> kept.nodeConfigs(cluster, inventory)))
        .toList();
  }

  @Override
  public Fleet result() {
    return fleet;
  }
}
