package io.rke4j.core.engine;

import java.time.Duration;

/**
 * How long the engine gives others.
 *
 * @param grace how long a step that is cancelled may take to end by itself before its thread is
 *     interrupted, and how long from one interruption to the next
 * @param firstPause how long to wait before the second attempt at a step; later pauses are three
 *     times the one before
 * @param attempts how often a step is tried
 * @param ticker how time passes for a run
 */
public record Patience(Duration grace, Duration firstPause, int attempts, Ticker ticker) {

  /** What hosts and networks of this world need. */
  public static final Patience USUAL =
      new Patience(Duration.ofSeconds(5), Duration.ofMillis(500), 4);

  /** In the time of this world. */
  public Patience(Duration grace, Duration firstPause, int attempts) {
    this(grace, firstPause, attempts, Ticker.REAL);
  }
}
