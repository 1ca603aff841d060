package io.rke4j.core.engine;

import io.rke4j.api.plan.StepId;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The order that steps are read in is one that they can be carried out in. */
final class StepOrder {

  private StepOrder() {}

  /**
   * Looks the steps through.
   *
   * @throws IllegalStateException if two have the same name, or one waits for a step that does not
   *     stand before it
   */
  static void check(List<Step> steps) {
    Set<StepId> all = new HashSet<>();
    for (Step step : steps) {
      if (!all.add(step.id())) {
        throw new IllegalStateException("two steps are named " + step.id());
      }
    }
    Set<StepId> earlier = new HashSet<>();
    // A set that many steps share is looked through once.
    Set<Set<StepId>> passed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Step step : steps) {
      Set<StepId> after = step.after();
      for (StepId awaited : passed.add(after) ? after : Set.<StepId>of()) {
        if (!earlier.contains(awaited)) {
          throw new IllegalStateException(
              step.id()
                  + (all.contains(awaited)
                      ? " waits for a step that does not stand before it, "
                      : " waits for unknown step ")
                  + awaited);
        }
      }
      earlier.add(step.id());
    }
  }
}
