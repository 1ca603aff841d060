package io.rke4j.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.plan.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SourcesTest {

  private static final int LONGEST = 300;

  private static List<Path> mainSources() throws IOException {
    // Whichever modules there are.
    try (Stream<Path> modules = Files.list(Path.of("..").toAbsolutePath().normalize())) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .flatMap(SourcesTest::javaFiles)
          .toList();
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new IllegalStateException("cannot list " + folder, e);
    }
  }

  @Test
  void noFileIsLong() throws IOException {
    for (Path file : mainSources()) {
      assertThat(Files.readAllLines(file)).as("%s", file).hasSizeLessThanOrEqualTo(LONGEST);
    }
  }

  @Test
  void everyPackageSaysWhatItIsForAndKnowsNoNulls() throws IOException {
    for (Path folder : mainSources().stream().map(Path::getParent).distinct().toList()) {
      assertThat(folder.resolve("package-info.java"))
          .exists()
          .content()
          .contains("@NullMarked")
          .containsPattern("/\\*\\*\\s+\\S");
    }
  }

  @Test
  void noPackageIsAJunkDrawer() throws IOException {
    assertThat(mainSources())
        .noneMatch(
            file -> file.toString().matches(".*/(utils?|common|helpers?|impl|managers?)/[^/]*"));
  }

  @Test
  void theFoldersOfThePhasesAreThePhases() throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("src/main/java/io/rke4j/core/phase"))) {
      assertThat(entries.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(Phase.values()).map(phase -> phase.slug().replace("-", "")).toList());
    }
  }
}
