package io.rke4j.examples.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The files that the tests put in. */
final class Example {

  private Example() {}

  static String text(String file) {
    try (InputStream content = Example.class.getResourceAsStream(file)) {
      if (content == null) {
        throw new IllegalArgumentException("no resource " + file);
      }
      return new String(content.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
