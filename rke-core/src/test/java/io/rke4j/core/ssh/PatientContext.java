package io.rke4j.core.ssh;

import io.rke4j.spi.CancellationToken;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A context for tests: polls, remembers the notes, and is cancelled on demand. */
public final class PatientContext implements OperationContext, CancellationToken {

  private final List<Runnable> actions = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private boolean cancelled;

  /** Cancels the run. */
  public void cancel() {
    List<Runnable> toRun;
    synchronized (this) {
      cancelled = true;
      toRun = List.copyOf(actions);
    }
    toRun.forEach(Runnable::run);
  }

  /** What was reported as progress. */
  public synchronized List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public CancellationToken cancellation() {
    return this;
  }

  @Override
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void onCancel(Runnable action) {
    synchronized (this) {
      if (!cancelled) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public synchronized void progress(double fraction, String note) {
    notes.add(note);
  }

  @Override
  public void waitUntil(String what, Duration atMost, Supplier<Observation> probe) {
    long end = System.nanoTime() + atMost.toNanos();
    Observation seen = probe.get();
    while (!seen.reached()) {
      if (System.nanoTime() - end > 0) {
        throw new WaitTimeoutException(what, atMost, seen.lastSeen());
      }
      LockSupport.parkNanos(20_000_000);
      seen = probe.get();
    }
  }
}
