package io.rke4j.core.phase.addons;

import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.OperationContext;
import java.time.Duration;
import java.util.Set;

/**
 * Takes an addon that is no longer wanted out of the cluster.
 *
 * @param name the addon
 * @param after what must be done before
 * @param atMost how long it may take
 * @param connection the cluster's API
 */
record RemoveAddon(String name, Set<StepId> after, Duration atMost, KubeConnection connection)
    implements Step.OnCluster {

  @Override
  public StepId id() {
    return Steps.once(Phase.ADDONS, "remove-" + name);
  }

  @Override
  public String title() {
    return "remove " + name;
  }

  @Override
  public Decision inspect() {
    Decision.Change removal = Decision.remove("delete what " + name + " has put into the cluster");
    return connection.decide(
        kube -> kube.deployer().deployed().contains(name) ? removal : Decision.upToDate(), removal);
  }

  @Override
  public void apply(OperationContext context) {
    // Nobody may have been able to tell before, and others may have put theirs in its place since.
    if (connection.deployer().deployed().contains(name)) {
      connection.deployer().remove(name, atMost, context);
    }
  }
}
