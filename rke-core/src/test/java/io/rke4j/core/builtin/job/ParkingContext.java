package io.rke4j.core.builtin.job;

import io.rke4j.spi.CancellationToken;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits in real time, for tests against a real cluster. */
record ParkingContext() implements OperationContext {

  @Override
  public CancellationToken cancellation() {
    return new PatientContext(0).cancellation();
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public void progress(double fraction, String note) {}

  @Override
  public void waitUntil(String what, Duration atMost, Supplier<Observation> probe) {
    long end = System.nanoTime() + atMost.toNanos();
    for (Observation seen = probe.get(); !seen.reached(); seen = probe.get()) {
      if (System.nanoTime() > end) {
        throw new WaitTimeoutException(what, atMost, seen.lastSeen());
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }
}
