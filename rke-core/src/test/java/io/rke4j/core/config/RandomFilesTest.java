package io.rke4j.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.rke4j.core.config.ReaderFuzz.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version of {@link ReaderFuzz}. */
class RandomFilesTest {

  private static final int FILES = 3000;

  @TempDir private Path folder;

  @Test
  void aFileIsRefusedWithReasonsOrPlannedAndNothingElseHappens() throws IOException {
    MutatedFiles files = ReaderFuzz.files(20);
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    try (ReaderFuzz fuzz = new ReaderFuzz(folder)) {
      for (int number = 0; number < FILES; number++) {
        outcomes.merge(read(fuzz, files.next(), number), 1, Integer::sum);
      }
    }
    assertThat(outcomes.getOrDefault(Outcome.REFUSED, 0)).isGreaterThan(FILES / 4);
    assertThat(outcomes.getOrDefault(Outcome.PLANNED, 0)).isGreaterThan(FILES / 100);
  }

  private static Outcome read(ReaderFuzz fuzz, String text, int number) throws IOException {
    try {
      return fuzz.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      return fail("file " + number + ":\n" + text, e);
    }
  }
}
