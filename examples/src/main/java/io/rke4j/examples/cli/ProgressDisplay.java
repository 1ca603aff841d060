package io.rke4j.examples.cli;

import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.event.ProvisionEvent.NodeConnected;
import io.rke4j.api.event.ProvisionEvent.PhaseFinished;
import io.rke4j.api.event.ProvisionEvent.PhaseStarted;
import io.rke4j.api.event.ProvisionEvent.RunFinished;
import io.rke4j.api.event.ProvisionEvent.RunStarted;
import io.rke4j.api.event.ProvisionEvent.StepFailed;
import io.rke4j.api.event.ProvisionEvent.StepRetrying;
import io.rke4j.api.event.ProvisionEvent.StepStarted;
import io.rke4j.api.event.ProvisionEvent.StepSucceeded;
import io.rke4j.api.event.ProvisionEvent.Warning;
import io.rke4j.api.event.ProvisionListener;
import io.rke4j.api.plan.StepId;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Shows a run: every finished step as a line, and on a terminal below them what is under way, with
 * the time it has taken so far.
 */
final class ProgressDisplay implements ProvisionListener, AutoCloseable {

  private final PrintStream out;
  private final boolean terminal;
  private final Timeline timeline = new Timeline();
  private final Map<StepId, Instant> underWay = new LinkedHashMap<>();
  private Instant start = Instant.EPOCH;

  private ProgressDisplay(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  static ProgressDisplay to(PrintStream out) {
    // Java cannot tell whether standard output is a terminal; the script that starts it can.
    return new ProgressDisplay(out, Boolean.getBoolean("rke4j.terminal"));
  }

  @Override
  public synchronized void on(ProvisionEvent event) {
    timeline.on(event);
    if (event instanceof RunStarted started) {
      start = started.at();
    } else if (event instanceof StepStarted started) {
      underWay.put(started.step(), started.at());
    } else if (event instanceof StepSucceeded done) {
      underWay.remove(done.step());
      line(event, "ok    " + done.step() + " (" + seconds(done.took()) + ")");
    } else if (event instanceof StepFailed failed) {
      underWay.remove(failed.step());
      line(event, "FAIL  " + failed.step());
    } else if (event instanceof StepRetrying retrying) {
      line(
          event,
          "retry "
              + retrying.step()
              + " in "
              + seconds(retrying.in())
              + ": "
              + retrying.cause().getMessage());
    } else {
      onOther(event);
    }
    showUnderWay(event.at());
  }

  private void onOther(ProvisionEvent event) {
    if (event instanceof NodeConnected connected) {
      line(event, "host  " + connected.node() + ": " + connected.facts());
    } else if (event instanceof Warning warning) {
      line(event, "!     " + warning.text());
    } else if (event instanceof PhaseStarted phase && !terminal) {
      line(event, "---   " + phase.phase().slug());
    } else if (event instanceof PhaseFinished phase) {
      line(
          event,
          "done  " + phase.phase().slug() + " " + phase.outcome().name().toLowerCase(Locale.ROOT));
    } else if (event instanceof RunFinished finished) {
      line(
          event,
          finished.outcome().name().toLowerCase(Locale.ROOT)
              + " after "
              + seconds(finished.took()));
    }
  }

  private void line(ProvisionEvent event, String text) {
    clear();
    out.println("[" + seconds(Duration.between(start, event.at())) + "] " + text);
  }

  private void showUnderWay(Instant now) {
    if (!terminal) {
      return;
    }
    clear();
    String text =
        underWay.entrySet().stream()
            .map(e -> e.getKey() + " " + seconds(Duration.between(e.getValue(), now)))
            .collect(Collectors.joining("  "));
    out.print(text.length() > 110 ? text.substring(0, 107) + "..." : text);
    out.flush();
  }

  private void clear() {
    if (terminal) {
      out.print("\r\u001b[K");
    }
  }

  /** Where the time went. */
  synchronized void printSummary() {
    clear();
    out.print(timeline.summary());
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%5.1fs", duration.toMillis() / 1000.0);
  }

  @Override
  public synchronized void close() {
    clear();
    out.flush();
  }
}
