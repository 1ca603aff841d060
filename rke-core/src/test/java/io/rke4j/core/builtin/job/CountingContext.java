package io.rke4j.core.builtin.job;

import io.rke4j.spi.CancellationToken;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import java.time.Duration;
import java.util.function.Supplier;

/** Looks a number of times without pausing, so that tests need no clock. */
record CountingContext(int looks) implements OperationContext {

  @Override
  public CancellationToken cancellation() {
    return new CancellationToken() {
      @Override
      public boolean isCancelled() {
        return false;
      }

      @Override
      public void onCancel(Runnable action) {}
    };
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public void progress(double fraction, String note) {}

  @Override
  public void waitUntil(String what, Duration atMost, Supplier<Observation> probe) {
    Observation seen = Observation.notYet("nothing");
    for (int look = 0; look < looks; look++) {
      seen = probe.get();
      if (seen.reached()) {
        return;
      }
    }
    throw new WaitTimeoutException(what, atMost, seen.lastSeen());
  }
}
