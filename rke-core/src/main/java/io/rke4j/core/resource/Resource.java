package io.rke4j.core.resource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Reads the files that stand beside a class. */
public final class Resource {

  private Resource() {}

  /** The text of a file beside a class. */
  public static String text(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("file " + name + " beside " + beside + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("file " + name + " beside " + beside + " cannot be read", e);
    }
  }

  /** The lines of a file beside a class that are neither blank nor comments. */
  public static Stream<String> lines(Class<?> beside, String name) {
    return text(beside, name)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"));
  }
}
