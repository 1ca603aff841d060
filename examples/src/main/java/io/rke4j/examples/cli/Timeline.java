package io.rke4j.examples.cli;

import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.event.ProvisionEvent.NodeReady;
import io.rke4j.api.event.ProvisionEvent.PhaseEvent;
import io.rke4j.api.event.ProvisionEvent.PhaseFinished;
import io.rke4j.api.event.ProvisionEvent.PhaseStarted;
import io.rke4j.api.event.ProvisionEvent.RunStarted;
import io.rke4j.api.event.ProvisionEvent.StepSucceeded;
import io.rke4j.api.event.ProvisionListener;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers when what began and ended, and says where the time went. */
final class Timeline implements ProvisionListener {

  private static final int SLOWEST = 8;

  private final Map<Phase, Instant> begins = new EnumMap<>(Phase.class);
  private final Map<Phase, Instant> ends = new EnumMap<>(Phase.class);
  private final Map<StepId, Duration> steps = new HashMap<>();
  private final Map<String, Instant> ready = new LinkedHashMap<>();
  private Instant start = Instant.EPOCH;

  @Override
  public void on(ProvisionEvent event) {
    if (event instanceof RunStarted) {
      start = event.at();
    } else if (event instanceof PhaseEvent phase) {
      note(phase);
    } else if (event instanceof StepSucceeded step) {
      steps.put(step.step(), step.took());
    } else if (event instanceof NodeReady node) {
      ready.put(node.node(), node.at());
    }
  }

  private void note(PhaseEvent event) {
    if (event instanceof PhaseStarted) {
      begins.put(event.phase(), event.at());
    } else if (event instanceof PhaseFinished) {
      ends.put(event.phase(), event.at());
    }
  }

  String summary() {
    StringBuilder out = new StringBuilder("phase            from      to\n");
    begins.forEach(
        (phase, begin) ->
            out.append(
                String.format(
                    "%-14s %6s  %6s%n",
                    phase.slug(), since(begin), since(ends.getOrDefault(phase, begin)))));
    ready.forEach(
        (node, at) -> out.append(String.format("ready          %6s  %s%n", since(at), node)));
    out.append("slowest steps\n");
    steps.entrySet().stream()
        .sorted(Map.Entry.<StepId, Duration>comparingByValue(Comparator.reverseOrder()))
        .limit(SLOWEST)
        .forEach(
            step ->
                out.append(
                    String.format(
                        "%6s  %s%n", ProgressDisplay.seconds(step.getValue()), step.getKey())));
    return out.toString();
  }

  private String since(Instant at) {
    return ProgressDisplay.seconds(Duration.between(start, at));
  }
}
