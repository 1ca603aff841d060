package io.rke4j.vsphere;

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
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A run of one operation, that looks often and waits for a few seconds at most. */
public final class RunContext implements OperationContext {

  private static final Duration LIMIT = Duration.ofSeconds(8);

  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final List<String> notes = new ArrayList<>();
  private final Consumer<String> seen;
  private final Duration limit;

  public RunContext() {
    this(LIMIT, what -> {});
  }

  /**
   * @param limit the longest wait
   * @param seen is told what is seen while something is awaited
   */
  public RunContext(Duration limit, Consumer<String> seen) {
    this.limit = limit;
    this.seen = seen;
  }

  public void cancel() {
    cancelled.countDown();
  }

  public List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public CancellationToken cancellation() {
    return new CancellationToken() {
      @Override
      public boolean isCancelled() {
        return cancelled.getCount() == 0;
      }

      @Override
      public void onCancel(Runnable action) {
        throw new UnsupportedOperationException();
      }
    };
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public void progress(double fraction, String note) {
    notes.add(note);
  }

  @Override
  public void waitUntil(String what, Duration atMost, Supplier<Observation> probe) {
    Duration longest = atMost.compareTo(limit) < 0 ? atMost : limit;
    long end = System.nanoTime() + longest.toNanos();
    while (true) {
      Observation observation = probe.get();
      if (observation.reached()) {
        return;
      }
      seen.accept(observation.lastSeen());
      try {
        if (cancelled.await(10, TimeUnit.MILLISECONDS)) {
          throw new OperationCancelledException(what);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new OperationCancelledException(what);
      }
      if (System.nanoTime() > end) {
        throw new WaitTimeoutException(what, longest, observation.lastSeen());
      }
    }
  }
}
