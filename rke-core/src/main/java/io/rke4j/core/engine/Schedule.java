package io.rke4j.core.engine;

import io.rke4j.api.event.ProvisionEvent.Outcome;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which steps may start now: what they wait for is done, and there is room for their node. */
final class Schedule {

  private final List<Step> steps;
  private final Prerequisites prerequisites;
  private final ReadySteps ready;
  private final Map<Phase, Integer> leftInPhase = new EnumMap<>(Phase.class);
  private final Set<Phase> openPhases = new HashSet<>();
  private final boolean serial;
  private final EventBus events;
  private int running;
  private @Nullable StepId lastDone;

  Schedule(List<Step> steps, Executor.Limits limits, EventBus events) {
    StepOrder.check(steps);
    this.steps = List.copyOf(steps);
    this.prerequisites = new Prerequisites(steps);
    this.ready = new ReadySteps(limits.nodes());
    this.serial = limits.serial();
    this.events = events;
    steps.forEach(step -> leftInPhase.merge(step.id().phase(), 1, Integer::sum));
    prerequisites.free().forEach(this::isReady);
  }

  private void isReady(int place) {
    ready.add(place, steps.get(place));
  }

  /** Takes out the steps that start now. */
  List<Step> startable() {
    List<Step> starting = new ArrayList<>();
    for (Optional<Step> next = next(); next.isPresent(); next = next()) {
      starting.add(next.get());
      occupy(next.get());
    }
    return starting;
  }

  /** In reading order, whatever stands first waits only for what stood before it. */
  private Optional<Step> next() {
    return serial && running > 0 ? Optional.empty() : ready.take();
  }

  private void occupy(Step step) {
    running++;
    if (openPhases.add(step.id().phase())) {
      events.phaseStarted(step.id().phase());
    }
  }

  void succeeded(Step step) {
    release(step);
    lastDone = step.id();
    prerequisites.done(step.id()).forEach(this::isReady);
    Phase phase = step.id().phase();
    if (leftInPhase.merge(phase, -1, Integer::sum) == 0) {
      openPhases.remove(phase);
      events.phaseFinished(phase, Outcome.SUCCEEDED);
    }
  }

  /** Takes a step back that did not come to its end. */
  void release(Step step) {
    running--;
    ready.release(step);
  }

  /** Ends the phases that did not come to their end. */
  void close(Outcome outcome) {
    List.copyOf(openPhases).stream()
        .sorted()
        .forEach(phase -> events.phaseFinished(phase, outcome));
    openPhases.clear();
  }

  boolean isDone() {
    return leftInPhase.values().stream().allMatch(left -> left == 0);
  }

  Optional<String> lastDone() {
    return Optional.ofNullable(lastDone).map(StepId::toString);
  }
}
