package io.rke4j.core.engine;

import io.rke4j.api.StepFailedException;
import io.rke4j.api.plan.PlannedStep;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.host.Hosts;
import io.rke4j.core.host.HostsSeenOnce;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks every step what it would do; hosts are looked at side by side. */
public final class Planner {

  private final SideBySide lookers;
  private final Decisions decisions;

  /** Plans with these lookers, looking at these hosts. */
  public Planner(SideBySide lookers, Hosts hosts) {
    this.lookers = lookers;
    this.decisions = new Decisions(new HostsSeenOnce(hosts));
  }

  /**
   * The steps with what each would do, in the order given.
   *
   * @throws StepFailedException if steps cannot be decided, with every reason
   */
  public List<PlannedStep> plan(List<Step> steps) {
    StepOrder.check(steps);
    Map<String, List<Step>> byTarget = new LinkedHashMap<>();
    steps.forEach(
        step -> byTarget.computeIfAbsent(step.id().target(), name -> new ArrayList<>()).add(step));
    Map<StepId, PlannedStep> planned = new ConcurrentHashMap<>();
    Map<StepId, Throwable> failures = new ConcurrentHashMap<>();
    lookers.each(byTarget.values(), ofTarget -> look(ofTarget, planned, failures));
    if (!failures.isEmpty()) {
      throw new StepFailedException(inOrder(steps, failures));
    }
    return steps.stream().map(step -> planned.get(step.id())).toList();
  }

  private static Map<StepId, Throwable> inOrder(List<Step> steps, Map<StepId, Throwable> failures) {
    Map<StepId, Throwable> ordered = new LinkedHashMap<>();
    for (Step step : steps) {
      if (failures.containsKey(step.id())) {
        ordered.put(step.id(), failures.get(step.id()));
      }
    }
    return ordered;
  }

  private void look(
      List<Step> steps, Map<StepId, PlannedStep> planned, Map<StepId, Throwable> failures) {
    for (Step step : steps) {
      try {
        planned.put(step.id(), planned(step));
      } catch (RuntimeException e) {
        failures.put(step.id(), e);
        // What makes one look at a host fail makes the others fail too; once is enough to hear it.
        return;
      }
    }
  }

  private PlannedStep planned(Step step) {
    return new PlannedStep(step.id(), step.title(), decisions.of(step), decisions.definition(step));
  }
}
