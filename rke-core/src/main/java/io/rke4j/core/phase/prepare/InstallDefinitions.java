package io.rke4j.core.phase.prepare;

import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.management.ClusterAccount;
import io.rke4j.spi.OperationContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Has the management cluster know the records, and waits until it serves them.
 *
 * @param id names the step
 * @param account what is kept of the cluster
 */
record InstallDefinitions(StepId id, ClusterAccount account) implements Step.OnCluster {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public String title() {
    return "define the records of clusters and nodes";
  }

  @Override
  public Set<StepId> after() {
    return Set.of();
  }

  @Override
  public Decision inspect() {
    List<String> differences = account.definitions().differences();
    if (!differences.isEmpty()) {
      return Decision.create(differences.toArray(String[]::new));
    }
    return account.definitionsServed().reached()
        ? Decision.upToDate()
        : Decision.followUp("wait until the records are served");
  }

  @Override
  public void apply(OperationContext context) {
    account.definitions().apply();
    context.waitUntil(
        "the management cluster to serve the records", PATIENCE, account::definitionsServed);
  }
}
