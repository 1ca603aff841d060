package io.rke4j.core.engine;

import io.rke4j.api.Pace;
import java.time.Duration;

/**
 * How long the engine gives others.
 *
 * @param grace how long a step that is cancelled may take to end by itself before its thread is
 *     interrupted, and how long from one interruption to the next
 * @param firstPause how long to wait before the second attempt at a step; later pauses are three
 *     times the one before
 * @param attempts how often a step is tried
 * @param pace how long to wait for a state
 */
public record Patience(Duration grace, Duration firstPause, int attempts, Pace pace) {

  /** What hosts and networks of this world need. */
  public static final Patience USUAL =
      new Patience(Duration.ofSeconds(5), Duration.ofMillis(500), 4, Pace.USUAL);

  /** At another pace. */
  public static Patience at(Pace pace) {
    return new Patience(
        pace.pause(USUAL.grace), pace.pause(USUAL.firstPause), USUAL.attempts, pace);
  }
}
