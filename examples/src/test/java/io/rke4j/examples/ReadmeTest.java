package io.rke4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {

  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern REGION =
      Pattern.compile(" *// tag::(\\w+)\\[]\n(.*?) *// end::\\1\\[]", Pattern.DOTALL);

  private static final Pattern SCRIPT =
      Pattern.compile("^((?:examples|rke-testkit|\\.ci)/\\S+)", Pattern.MULTILINE);

  private static final Path MODULE = Path.of("").toAbsolutePath();

  @Test
  void javaBlocksOfTheReadmeAreTheTaggedRegionsOfTheExamples() throws IOException {
    List<String> blocks = found(BLOCK, MODULE.resolveSibling("README.md"), 1);

    assertThat(blocks).isNotEmpty().containsExactlyInAnyOrderElementsOf(regions("src/main/java"));
  }

  @Test
  void javaBlocksOnTestingAreTheTaggedRegionsOfTests() throws IOException {
    List<String> blocks = found(BLOCK, MODULE.resolveSibling("docs").resolve("testing.md"), 1);

    assertThat(blocks)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(regions("src/test/java/io/rke4j/examples/testing"));
  }

  @Test
  void whatTheReadmeSaysToRunIsThere() {
    List<String> programs =
        found(SCRIPT, MODULE.resolveSibling("README.md"), 1).stream().distinct().toList();

    assertThat(programs).contains("examples/quickstart", "examples/run");
    assertThat(programs)
        .allSatisfy(
            program -> assertThat(MODULE.resolveSibling(program)).isExecutable().isRegularFile());
  }

  private static List<String> regions(String folder) throws IOException {
    try (Stream<Path> sources = Files.walk(MODULE.resolve(folder))) {
      return sources
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .flatMap(file -> found(REGION, file, 2).stream())
          .map(region -> region.stripTrailing().stripIndent() + "\n")
          .toList();
    }
  }

  private static List<String> found(Pattern pattern, Path file, int group) {
    try {
      Matcher matcher = pattern.matcher(Files.readString(file, UTF_8));
      return matcher.results().map(match -> match.group(group)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
