package io.rke4j.core.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Goes through the phases of a sequence and collects their steps, to plan them or to carry them
 * out.
 */
public final class PhaseRunner {

  private final List<Step> steps = new ArrayList<>();

  /** Takes a phase in and hands out what later phases may use of it. */
  public <O> O run(PhaseUnit<O> unit) {
    steps.addAll(unit.steps());
    return unit.result();
  }

  /** All steps so far, in reading order. */
  public List<Step> steps() {
    return List.copyOf(steps);
  }
}
