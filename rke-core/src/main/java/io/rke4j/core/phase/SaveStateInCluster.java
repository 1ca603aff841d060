package io.rke4j.core.phase;

import io.rke4j.api.cluster.Secret;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.kube.SavedState;
import io.rke4j.spi.OperationContext;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps the cluster's state in the cluster too, as a Secret, so that it is not lost with the
 * machine that built it. A run does not fail for a state that is too large for that.
 *
 * @param id names the step
 * @param after what must be done before
 * @param connection the cluster's API
 * @param document what is kept
 * @param warnings hears of what is too large to be kept
 */
public record SaveStateInCluster(
    StepId id,
    Set<StepId> after,
    KubeConnection connection,
    Supplier<Optional<Secret>> document,
    Consumer<String> warnings)
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
            document.get().filter(kube.api().savedState()::holds).isPresent()
                ? Decision.upToDate()
                : expected,
        expected);
  }

  @Override
  public void apply(OperationContext context) {
    Secret state = document.get().orElseThrow();
    connection.api().savedState().save(state);
    SavedState.refusal(state).ifPresent(warnings);
  }
}
