package io.rke4j.testkit.host;

import java.io.OutputStream;

/**
 * One end of a stream of bytes in both directions, whatever carries it: an SSH channel, or the
 * input and output of a command. Bytes that arrive are pushed, so that waiting for them takes no
 * thread.
 */
public interface Duplex {

  /** Takes bytes that arrived. Called by one thread at a time; must not wait. */
  void received(byte[] bytes, int offset, int length);

  /** The other side will send no more. */
  void ended();

  /** The stream is gone, in both directions. */
  void broken();

  /** Makes the end of a stream that a program of the host serves. */
  @FunctionalInterface
  interface Service {
    /** Begins to serve a stream. */
    Duplex open(Carrier carrier);
  }

  /** The way back. */
  interface Carrier {
    /** What is written here reaches the other side; writing may wait. */
    OutputStream output();

    /** Ends the stream after what was written. */
    void close();
  }
}
