package io.rke4j.testkit.engine;

import java.time.Duration;

/** How a request to a simulated engine goes wrong. */
public sealed interface EngineFault {

  /**
   * The engine says no, and does nothing.
   *
   * @param status the code of HTTP
   * @param words what it says
   */
  record Refusal(int status, String words) implements EngineFault {}

  /** The stream ends, and nothing is done. */
  record Drop() implements EngineFault {}

  /**
   * It is done, and the stream ends in the middle of the answer.
   *
   * @param bytes how many of the answer still arrive; 0 is none
   */
  record CutOff(int bytes) implements EngineFault {}

  /**
   * Nothing is done, and nothing is ever said. The stream stays open, and what else is sent over it
   * arrives nowhere: the other side is gone, and nobody tells.
   */
  record Silence() implements EngineFault {}

  /**
   * It is done, so many bytes of the answer arrive, and then there is {@link Silence}.
   *
   * @param bytes how many of the answer still arrive; 0 is none
   */
  record HalfOpen(int bytes) implements EngineFault {}

  /** It is done as usual, but later, as over a slow link. */
  record Delay(Duration time) implements EngineFault {}

  /**
   * Nothing comes for a while, and then the stream ends, and nothing is done.
   *
   * @param time how long there is silence
   */
  record Stall(Duration time) implements EngineFault {}

  /**
   * Something happens to the host at this moment; the request itself goes on, if it still can.
   *
   * @param words what happens
   * @param action makes it happen
   */
  record Meanwhile(String words, Runnable action) implements EngineFault {}

  /** The host's disk is full, in the words of an engine that unpacks something. */
  static EngineFault diskFull() {
    return new Refusal(
        500, "Error processing tar file(exit status 1): write /simulated: no space left on device");
  }
}
