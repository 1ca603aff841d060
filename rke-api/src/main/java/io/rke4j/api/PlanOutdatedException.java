package io.rke4j.api;

import io.rke4j.api.error.RkeException;
import io.rke4j.api.plan.StepId;

/** The hosts are no longer as the plan found them, and going on would do what nobody approved. */
public final class PlanOutdatedException extends RkeException {

  private static final long serialVersionUID = 1L;

  /** Names the step, what the plan said, and what would be done now. */
  public PlanOutdatedException(StepId step, String planned, String now) {
    super(
        "plan-outdated",
        step + ": the plan said '" + planned + "', but now it would be '" + now + "'",
        "Plan again, look at the new plan and apply that");
  }
}
