package io.rke4j.api;

import java.time.Duration;

/**
 * How long a provisioner waits, and how often it looks. Real hosts and networks need the {@link
 * #USUAL} one; tests know better, for example which of their simulated hosts will never answer.
 *
 * <p>Each method gets the usual time and gives another one, or the same if it is not overridden. It
 * is asked by many threads, and while somebody waits asked again: what it says may change.
 */
public interface Pace {

  /** Every time as it usually is. */
  Pace USUAL = new Pace() {};

  /**
   * How long a host or its engine may say nothing: until a connection is there, until a question
   * has its answer, and from one question whether it is still there to the next.
   *
   * @param address the host's address, as the specification or the driver names it
   */
  default Duration silence(String address, Duration usual) {
    return usual;
  }

  /**
   * How long to hesitate: before what failed is tried again, and before what shall stop is
   * interrupted.
   */
  default Duration pause(Duration usual) {
    return usual;
  }

  /** How long to wait at most for a state, such as a health. */
  default Duration waiting(Duration usual) {
    return usual;
  }
}
