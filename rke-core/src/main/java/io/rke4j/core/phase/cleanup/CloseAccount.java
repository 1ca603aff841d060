package io.rke4j.core.phase.cleanup;

import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.management.ClusterAccount;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.OperationContext;
import java.util.List;
import java.util.Set;

/**
 * Takes everything of a cluster that is no more out of the management cluster, but for its state,
 * which goes last of all, and what all clusters share.
 *
 * @param after what must be done before
 * @param account what is kept of the cluster
 */
public record CloseAccount(Set<StepId> after, ClusterAccount account) implements Step.OnCluster {

  /** Copies the ids. */
  public CloseAccount {
    after = Set.copyOf(after);
  }

  @Override
  public StepId id() {
    return Steps.once(Phase.CLEANUP, "close-account");
  }

  @Override
  public String title() {
    return "delete the cluster's records, roles and namespaces in the management cluster";
  }

  @Override
  public Decision inspect() {
    List<String> traces = account.traces();
    return traces.isEmpty()
        ? Decision.upToDate()
        : Decision.remove(traces.stream().map(trace -> "delete " + trace).toArray(String[]::new));
  }

  @Override
  public void apply(OperationContext context) {
    account.remove();
  }
}
