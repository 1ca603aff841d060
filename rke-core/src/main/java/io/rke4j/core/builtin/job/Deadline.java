package io.rke4j.core.builtin.job;

import java.time.Duration;

/** One time limit for several waits after each other. */
record Deadline(long nanoTime) {

  static Deadline in(Duration span) {
    return new Deadline(System.nanoTime() + span.toNanos());
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }
}
