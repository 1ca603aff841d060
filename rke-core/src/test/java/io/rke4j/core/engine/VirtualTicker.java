package io.rke4j.core.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only while somebody waits, and then at once. */
final class VirtualTicker implements Ticker {

  private final AtomicLong now = new AtomicLong();

  @Override
  public long nanoTime() {
    return now.get();
  }

  @Override
  public void await(Object monitor, long millis) {
    pass(Duration.ofMillis(millis));
  }

  /** Lets time pass, as for something that takes a while. */
  void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  /** How much has passed. */
  Duration passed() {
    return Duration.ofNanos(now.get());
  }
}
