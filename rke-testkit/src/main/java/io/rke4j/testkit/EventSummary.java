package io.rke4j.testkit;

import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.event.ProvisionEvent.NodeConnected;
import io.rke4j.api.event.ProvisionEvent.NodeEvent;
import io.rke4j.api.event.ProvisionEvent.PhaseEvent;
import io.rke4j.api.event.ProvisionEvent.PhaseFinished;
import io.rke4j.api.event.ProvisionEvent.RunFinished;
import io.rke4j.api.event.ProvisionEvent.RunStarted;
import io.rke4j.api.event.ProvisionEvent.StepEvent;
import io.rke4j.api.event.ProvisionEvent.StepFailed;
import io.rke4j.api.event.ProvisionEvent.StepProgress;
import io.rke4j.api.event.ProvisionEvent.StepRetrying;
import io.rke4j.api.event.ProvisionEvent.Warning;
import io.rke4j.api.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes events for people: a short line for each. */
final class EventSummary {

  private EventSummary() {}

  static String of(List<ProvisionEvent> events) {
    if (events.isEmpty()) {
      return "no events\n";
    }
    Instant begin = events.get(0).at();
    return events.stream().map(event -> line(begin, event)).collect(Collectors.joining());
  }

  private static String line(Instant begin, ProvisionEvent event) {
    double seconds = Duration.between(begin, event.at()).toMillis() / 1000.0;
    return String.format(
        Locale.ROOT,
        "%8.3fs  %-13s %s%n",
        seconds,
        event.getClass().getSimpleName(),
        what(event).replace("\n", "\n" + " ".repeat(25)));
  }

  private static String what(ProvisionEvent event) {
    if (event instanceof StepEvent step) {
      return step.step() + detail(step);
    }
    if (event instanceof PhaseEvent phase) {
      return phase.phase().slug()
          + (event instanceof PhaseFinished finished ? ": " + lower(finished.outcome()) : "");
    }
    if (event instanceof NodeEvent node) {
      return node.node() + (event instanceof NodeConnected it ? ": " + it.facts() : "");
    }
    return ofRun(event);
  }

  private static String ofRun(ProvisionEvent event) {
    if (event instanceof RunStarted started) {
      Plan plan = started.plan();
      return event.stamp().run() + ": " + lower(plan.goal()) + " " + plan.spec().name();
    }
    if (event instanceof RunFinished finished) {
      return event.stamp().run() + ": " + lower(finished.outcome());
    }
    return event instanceof Warning warning ? warning.text() : "";
  }

  private static String detail(StepEvent event) {
    if (event instanceof StepFailed failed) {
      // The evidence is part of the message of our own exceptions.
      return ": " + failed.cause();
    }
    if (event instanceof StepRetrying retrying) {
      return " again, after attempt " + retrying.attempt() + ": " + retrying.cause();
    }
    return event instanceof StepProgress progress ? ": " + progress.note() : "";
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
