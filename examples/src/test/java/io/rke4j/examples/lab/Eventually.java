package io.rke4j.examples.lab;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks again and again until what is asserted is true. */
final class Eventually {

  private static final long PAUSE_MILLIS = 300;

  private Eventually() {}

  interface Assertion {
    void check();
  }

  static void within(Duration atMost, Assertion assertion) {
    within(atMost, assertion, () -> "");
  }

  /** The evidence is looked for only if the time is over. */
  static void within(Duration atMost, Assertion assertion, Supplier<String> evidence) {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      try {
        assertion.check();
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() >= end) {
          throw new AssertionError(
              "not within " + atMost.toSeconds() + " s: " + e.getMessage() + "\n" + evidence.get(),
              e);
        }
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
