package io.rke4j.testkit.assertion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;

/**
 * Compares texts with files that people review: what would run on a host, what a user is told. With
 * {@code -Dgolden.update=true} the files are written anew; look at the difference before you commit
 * it. Files are in UTF-8; paths are relative to the folder of the module, in which Maven runs
 * tests.
 */
public final class Golden {

  private static final String UPDATE = "golden.update";

  private Golden() {}

  /**
   * A text is what a file holds.
   *
   * @throws AssertionError if it is not, or there is no such file; it says how to write it
   */
  public static void assertMatches(Path file, String text) {
    if (Boolean.getBoolean(UPDATE)) {
      write(file, text);
    }
    Assertions.assertThat(file).as("%s", howTo(file)).exists();
    Assertions.assertThat(text).as("%s", howTo(file)).isEqualTo(read(file));
  }

  /**
   * A text is what a file holds between two marks, which stand in it once each; for tables in pages
   * that people write.
   *
   * @throws AssertionError if it is not, or the marks are not there
   */
  public static void assertPartMatches(Path file, String begin, String end, String text) {
    String page = read(file);
    Assertions.assertThat(page).as("%s", file).containsOnlyOnce(begin).containsOnlyOnce(end);
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf(end, from);
    if (Boolean.getBoolean(UPDATE)) {
      write(file, page.substring(0, from) + text + page.substring(to));
      return;
    }
    Assertions.assertThat(text).as("%s", howTo(file)).isEqualTo(page.substring(from, to));
  }

  private static String howTo(Path file) {
    return file + " (-D" + UPDATE + "=true writes it anew)";
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
