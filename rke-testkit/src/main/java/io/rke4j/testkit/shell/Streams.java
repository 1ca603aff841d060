package io.rke4j.testkit.shell;

import java.util.function.Consumer;

/**
 * What a program reads and where it writes to.
 *
 * @param input all that it can read
 * @param output takes what it writes, in pieces of any length; may be called by several threads
 * @param error the same for errors
 */
public record Streams(String input, Consumer<String> output, Consumer<String> error) {

  /** The same with something else to read. */
  Streams reading(String text) {
    return new Streams(text, output, error);
  }

  /** The same with one of the streams, 1 or 2, going elsewhere. */
  Streams with(int stream, Consumer<String> target) {
    return stream == 2 ? new Streams(input, output, target) : new Streams(input, target, error);
  }

  Consumer<String> of(String stream) {
    return stream.equals("2") ? error : output;
  }
}
