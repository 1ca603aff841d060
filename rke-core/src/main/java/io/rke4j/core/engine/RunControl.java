package io.rke4j.core.engine;

import io.rke4j.spi.CancellationToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one run may do, and for how long: it can be cancelled. Thread-safe; cancelling twice is the
 * same as once.
 */
public final class RunControl implements CancellationToken {

  private static final Logger log = LoggerFactory.getLogger(RunControl.class);

  private final BooleanSupplier mayChange;
  private final Ticker ticker;
  private final List<Runnable> actions = new ArrayList<>();
  private boolean cancelled;
  private volatile @Nullable Long lastMoment;

  /** A run that needs nobody's leave, since it changes nothing. */
  public RunControl() {
    this(() -> true);
  }

  /** A run that may change the cluster for as long as this is true. */
  public RunControl(BooleanSupplier mayChange) {
    this(mayChange, Ticker.REAL);
  }

  /** The same, in another time than that of this world. */
  RunControl(BooleanSupplier mayChange, Ticker ticker) {
    this.mayChange = mayChange;
    this.ticker = ticker;
  }

  /** A moment of the run's own time. */
  long nanoTime() {
    return ticker.nanoTime();
  }

  /** Whether the run still has the right to change the cluster. */
  boolean mayChange() {
    return mayChange.getAsBoolean();
  }

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

  /**
   * A step has failed: nothing new starts from now on, and nothing is waited for longer than this,
   * since it may never come. What runs gets that moment because it may fail for a reason of its own
   * that should be heard too. The first failure counts.
   */
  void stepFailed(Duration grace) {
    if (lastMoment == null) {
      lastMoment = nanoTime() + grace.toNanos();
    }
  }

  /** Whether nothing new may start: a step failed, or the run is cancelled. */
  boolean isStopping() {
    return lastMoment != null || isCancelled();
  }

  /** The earlier of a moment and the one from which nothing is waited for. */
  long notAfter(long moment) {
    Long last = lastMoment;
    return last != null && last - moment < 0 ? last : moment;
  }

  /** Waits for a moment; returns early, and true, if the run is cancelled. */
  synchronized boolean cancelledWithin(long millis) throws InterruptedException {
    long end = nanoTime() + millis * 1_000_000;
    while (!cancelled) {
      long left = (end - nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      ticker.await(this, left);
    }
    return true;
  }
}
