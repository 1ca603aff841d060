package io.rke4j.testkit.assertion;

import io.rke4j.api.plan.Plan;
import io.rke4j.testkit.RecordingListener;

/**
 * Where assertions about plans and events begin. To be imported statically; gets along with
 * AssertJ's own {@code assertThat}.
 */
public final class RkeAssertions {

  private RkeAssertions() {}

  /** Begins to say what a plan has to be like; what fails shows the whole plan. */
  public static PlanAssert assertThat(Plan plan) {
    return new PlanAssert(plan);
  }

  /** Begins to say what has to have happened; what fails shows all events. */
  public static EventAssert assertThat(RecordingListener events) {
    return new EventAssert(events);
  }
}
