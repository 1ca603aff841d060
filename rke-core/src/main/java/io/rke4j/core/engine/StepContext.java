package io.rke4j.core.engine;

import io.rke4j.api.Pace;
import io.rke4j.api.plan.StepId;
import io.rke4j.spi.CancellationToken;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import java.time.Duration;
import java.util.function.Supplier;

/** What one attempt at one step may use of its run. */
final class StepContext implements OperationContext {

  private static final long SHORTEST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  /** So the end of a wait is noticed after a fortieth of it, be it short or long. */
  private static final int LOOKS_PER_WAIT = 40;

  private final StepId step;
  private final int attempt;
  private final RunControl control;
  private final EventBus events;
  private final Pace pace;

  StepContext(StepId step, int attempt, RunControl control, EventBus events, Pace pace) {
    this.step = step;
    this.attempt = attempt;
    this.control = control;
    this.events = events;
    this.pace = pace;
  }

  @Override
  public CancellationToken cancellation() {
    return control;
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public void progress(double fraction, String note) {
    events.stepProgress(step, fraction, note);
  }

  @Override
  public void waitUntil(String what, Duration atMost, Supplier<Observation> probe) {
    long start = control.nanoTime();
    long end = start + pace.waiting(atMost).toNanos();
    while (true) {
      if (control.isCancelled()) {
        throw new OperationCancelledException("waiting for " + what);
      }
      Observation seen = probe.get();
      if (seen.reached()) {
        return;
      }
      long left = (control.notAfter(end) - control.nanoTime()) / 1_000_000;
      if (left <= 0) {
        Duration waited = Duration.ofNanos(control.nanoTime() - start);
        throw new WaitTimeoutException(what, waited, seen.lastSeen());
      }
      pause(what, Math.min(pauseAfter(control.nanoTime() - start), left));
    }
  }

  private static long pauseAfter(long waitedNanos) {
    long share = waitedNanos / 1_000_000 / LOOKS_PER_WAIT;
    return Math.max(SHORTEST_PAUSE_MILLIS, Math.min(share, LONGEST_PAUSE_MILLIS));
  }

  private void pause(String what, long millis) {
    try {
      if (control.cancelledWithin(millis)) {
        throw new OperationCancelledException("waiting for " + what);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationCancelledException("waiting for " + what);
    }
  }
}
