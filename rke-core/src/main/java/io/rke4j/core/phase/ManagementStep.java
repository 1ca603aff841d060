package io.rke4j.core.phase;

import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.WantedObjects;
import io.rke4j.spi.OperationContext;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Puts objects into the management cluster, as they are to be.
 *
 * @param id names the step
 * @param after what must be done before
 * @param title says it in words
 * @param follows whether it completes what other steps bring about, so that it may have more to do
 *     than the plan could see
 * @param objects the objects, asked for whenever they are looked at
 */
public record ManagementStep(
    StepId id, Set<StepId> after, String title, boolean follows, Supplier<WantedObjects> objects)
    implements Step.OnCluster {

  /** Objects that are known before anything is done. */
  public ManagementStep(
      StepId id, Set<StepId> after, String title, Supplier<WantedObjects> objects) {
    this(id, after, title, false, objects);
  }

  /** Copies the ids. */
  public ManagementStep {
    after = Set.copyOf(after);
  }

  @Override
  public Decision inspect() {
    List<String> differences = objects.get().differences();
    if (differences.isEmpty()) {
      return Decision.upToDate();
    }
    String[] changes = differences.toArray(String[]::new);
    return follows ? Decision.followUp(changes) : Decision.create(changes);
  }

  @Override
  public void apply(OperationContext context) {
    objects.get().apply();
  }
}
