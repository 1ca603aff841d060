package io.rke4j.core.builtin.state;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Looks again and again until something is so. */
record ParkingUntil(Duration atMost) {

  void sees(BooleanSupplier condition) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not so within " + atMost);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
