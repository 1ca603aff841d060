package io.rke4j.testkit;

import io.rke4j.spi.CancellationToken;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What a run gives to a driver, runtime or deployer, for tests of these: it waits in earnest,
 * remembers what it was told, and is cancelled on demand. Thread-safe.
 */
public final class PatientContext implements OperationContext, CancellationToken {

  private static final int LOOK_MILLIS = 20;

  private final CountDownLatch cancellation = new CountDownLatch(1);
  private final List<Runnable> actions = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** Cancels the run. */
  public void cancel() {
    List<Runnable> toRun;
    synchronized (this) {
      cancellation.countDown();
      toRun = List.copyOf(actions);
      actions.clear();
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
  public boolean isCancelled() {
    return cancellation.getCount() == 0;
  }

  @Override
  public void onCancel(Runnable action) {
    synchronized (this) {
      if (!isCancelled()) {
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
      pause(what);
      if (System.nanoTime() - end > 0) {
        throw new WaitTimeoutException(what, atMost, seen.lastSeen());
      }
      seen = probe.get();
    }
  }

  private void pause(String what) {
    try {
      if (cancellation.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new OperationCancelledException("waiting for " + what);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationCancelledException("waiting for " + what);
    }
  }
}
