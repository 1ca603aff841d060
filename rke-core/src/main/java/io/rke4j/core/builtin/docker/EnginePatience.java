package io.rke4j.core.builtin.docker;

import io.rke4j.api.Pace;
import java.time.Duration;

/**
 * How long engines and registries are given.
 *
 * @param silence how long an engine may say nothing: one that hangs still takes connections, so
 *     only its silence shows it
 * @param longSilence the same for pulling and for waiting for containers, which are silent for long
 *     in good health, too
 * @param pause between the first two tries to pull an image; the next is three times as long
 */
record EnginePatience(Duration silence, Duration longSilence, Duration pause) {

  /** What engines of this world need. */
  static final EnginePatience USUAL =
      new EnginePatience(Duration.ofMinutes(2), Duration.ofMinutes(15), Duration.ofSeconds(1));

  static EnginePatience at(Pace pace, String address) {
    return new EnginePatience(
        pace.silence(address, USUAL.silence),
        pace.silence(address, USUAL.longSilence),
        pace.pause(USUAL.pause));
  }
}
