package io.rke4j.core.phase.network;

import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.manifest.PlannedAddon;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.addon.AddonState;
import java.util.List;
import java.util.Set;

/**
 * Brings the account of deploy Jobs back where it was taken away, if there is anything to deploy or
 * to remove.
 *
 * @param id names the step
 * @param after what must be done before
 * @param addons all addons that the cluster is to have
 * @param connection the cluster's API
 */
record AuthorizeDeployer(
    StepId id, Set<StepId> after, List<PlannedAddon> addons, KubeConnection connection)
    implements Step.OnCluster {

  @Override
  public String title() {
    return "let deploy Jobs act for as long as there is something to deploy";
  }

  @Override
  public Decision inspect() {
    Decision.Change expected = Decision.followUp("create ServiceAccount rke-job-deployer");
    return connection.decide(
        kube ->
            hasWork(kube) && !kube.api().deployerRights().differences().isEmpty()
                ? expected
                : Decision.upToDate(),
        expected);
  }

  private boolean hasWork(KubeConnection kube) {
    return !PlannedAddon.names(addons).containsAll(kube.deployer().deployed())
        || addons.stream()
            .anyMatch(addon -> kube.deployer().state(addon.manifest()) != AddonState.DEPLOYED);
  }

  @Override
  public void apply(OperationContext context) {
    connection.api().deployerRights().apply();
  }
}
