package io.rke4j.core.phase.finish;

import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.state.ClusterMemory;
import io.rke4j.spi.OperationContext;
import java.util.Set;

/**
 * Deletes the keys of a cluster that is no more.
 *
 * @param after what must be done before
 * @param memory what is kept between runs
 */
public record ForgetCluster(Set<StepId> after, ClusterMemory memory) implements Step.OnCluster {

  /** Copies the ids. */
  public ForgetCluster {
    after = Set.copyOf(after);
  }

  @Override
  public StepId id() {
    return Steps.once(Phase.FINISH, "forget-cluster");
  }

  @Override
  public String title() {
    return "delete the cluster's state and keys";
  }

  @Override
  public Decision inspect() {
    return memory.record().isPresent()
        ? Decision.remove("delete the cluster's state and keys")
        : Decision.upToDate();
  }

  @Override
  public void apply(OperationContext context) {
    memory.forget();
  }
}
