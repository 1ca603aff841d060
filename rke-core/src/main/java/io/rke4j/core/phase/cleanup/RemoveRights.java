package io.rke4j.core.phase.cleanup;

import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.kube.SurplusRights;
import io.rke4j.spi.OperationContext;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Removes rights that only provisioning needed. What there is may have changed since the plan was
 * made, and is never held against anybody.
 *
 * @param id names the step
 * @param after what must be done before
 * @param title says it in words
 * @param connection the cluster's API
 * @param rights what is looked for
 */
record RemoveRights(
    StepId id,
    Set<StepId> after,
    String title,
    KubeConnection connection,
    Function<KubeConnection, SurplusRights> rights)
    implements Step.OnCluster {

  @Override
  public Decision inspect() {
    return connection.decide(
        kube -> {
          List<String> found = rights.apply(kube).words();
          return found.isEmpty()
              ? Decision.upToDate()
              : Decision.followUp(
                  found.stream().map(right -> "delete " + right).toArray(String[]::new));
        },
        Decision.followUp(title));
  }

  @Override
  public void apply(OperationContext context) {
    List<String> removed = rights.apply(connection).remove();
    context.progress(
        1, removed.isEmpty() ? "nothing to remove" : "removed " + String.join(", ", removed));
  }
}
