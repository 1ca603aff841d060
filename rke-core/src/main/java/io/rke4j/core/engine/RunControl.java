package io.rke4j.core.engine;

import io.rke4j.spi.CancellationToken;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cancels one run. Thread-safe; cancelling twice is the same as once. */
public final class RunControl implements CancellationToken {

  private static final Logger log = LoggerFactory.getLogger(RunControl.class);

  private final List<Runnable> actions = new ArrayList<>();
  private boolean cancelled;

  /** Asks everything that looks at this token to stop. */
  public void cancel() {
    List<Runnable> due;
    synchronized (this) {
      cancelled = true;
      due = List.copyOf(actions);
      actions.clear();
      notifyAll();
    }
    due.forEach(RunControl::carryOut);
  }

  private static void carryOut(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      log.warn("an action on cancellation failed, and the others follow", e);
    }
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

  /** Waits for a moment; returns early, and true, if the run is cancelled. */
  synchronized boolean cancelledWithin(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (!cancelled) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
