package io.rke4j.core.engine;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.event.ProvisionEvent.Outcome;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which steps may start now: what they wait for is done, and there is room for their node. */
final class Schedule {

  private final Map<StepId, Step> waiting = new LinkedHashMap<>();
  private final Set<StepId> done = new HashSet<>();
  private final Map<NodeName, Integer> busyNodes = new HashMap<>();
  private final Map<Phase, Integer> leftInPhase = new EnumMap<>(Phase.class);
  private final Set<Phase> openPhases = new HashSet<>();
  private final Executor.Limits limits;
  private final EventBus events;
  private int running;
  private @Nullable StepId lastDone;

  Schedule(List<Step> steps, Executor.Limits limits, EventBus events) {
    this.limits = limits;
    this.events = events;
    StepOrder.check(steps);
    for (Step step : steps) {
      waiting.put(step.id(), step);
      leftInPhase.merge(step.id().phase(), 1, Integer::sum);
    }
  }

  /** Takes out the steps that start now. */
  List<Step> startable() {
    List<Step> starting = new ArrayList<>();
    for (Step step : List.copyOf(waiting.values())) {
      if (done.containsAll(step.after()) && hasRoom(step)) {
        waiting.remove(step.id());
        occupy(step);
        starting.add(step);
      } else if (limits.serial()) {
        break;
      }
    }
    return starting;
  }

  private boolean hasRoom(Step step) {
    if (limits.serial()) {
      return running == 0;
    }
    return step.worksOn()
        .map(node -> busyNodes.containsKey(node) || busyNodes.size() < limits.nodes())
        .orElse(true);
  }

  private void occupy(Step step) {
    running++;
    step.worksOn().ifPresent(node -> busyNodes.merge(node, 1, Integer::sum));
    if (openPhases.add(step.id().phase())) {
      events.phaseStarted(step.id().phase());
    }
  }

  void succeeded(Step step) {
    release(step);
    done.add(step.id());
    lastDone = step.id();
    Phase phase = step.id().phase();
    if (leftInPhase.merge(phase, -1, Integer::sum) == 0) {
      openPhases.remove(phase);
      events.phaseFinished(phase, Outcome.SUCCEEDED);
    }
  }

  /** Takes a step back that did not come to its end. */
  void release(Step step) {
    running--;
    step.worksOn()
        .ifPresent(
            node ->
                busyNodes.computeIfPresent(node, (same, count) -> count == 1 ? null : count - 1));
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
