package io.rke4j.core.phase;

import io.rke4j.api.cluster.Secret;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.spi.OperationContext;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps the cluster's state in the cluster too, as a Secret, so that it is not lost with the
 * machine that built it.
 *
 * @param id names the step
 * @param after what must be done before
 * @param connection the cluster's API
 * @param document what is kept
 */
public record SaveStateInCluster(
    StepId id, Set<StepId> after, KubeConnection connection, Supplier<Optional<Secret>> document)
    implements Step.OnCluster {

  /** Copies the ids. */
  public SaveStateInCluster {
    after = Set.copyOf(after);
  }

  @Override
  public String title() {
    return "save the state as Secret full-cluster-state";
  }

  @Override
  public Decision inspect() {
    Decision.Change expected =
        Decision.followUp("save the state as Secret kube-system/full-cluster-state");
    return connection.decide(
        kube ->
            kube.api().savedState().read().equals(document.get()) ? Decision.upToDate() : expected,
        expected);
  }

  @Override
  public void apply(OperationContext context) {
    connection.api().savedState().save(document.get().orElseThrow());
  }
}
