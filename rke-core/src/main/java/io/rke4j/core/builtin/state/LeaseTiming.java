package io.rke4j.core.builtin.state;

import java.time.Duration;

/**
 * How a lease in Kubernetes is kept alive.
 *
 * @param life for how long it holds without being renewed
 * @param renewal how often it is renewed
 * @param look how often those who wait for it look
 */
record LeaseTiming(Duration life, Duration renewal, Duration look) {

  /** As Kubernetes' own components do it. */
  static final LeaseTiming USUAL =
      new LeaseTiming(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMillis(250));
}
