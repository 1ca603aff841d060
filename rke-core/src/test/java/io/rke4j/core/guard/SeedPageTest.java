package io.rke4j.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line of the seed has a test that is there, or says that it has none. */
class SeedPageTest {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

  private static List<String> rows() throws IOException {
    return Files.readAllLines(PROJECT.resolve("docs/seed.md")).stream()
        .filter(line -> line.startsWith("|"))
        .filter(line -> !line.startsWith("| ---") && !line.startsWith("| line |"))
        .toList();
  }

  private static Map<String, String> testSources() throws IOException {
    try (Stream<Path> modules = Files.list(PROJECT)) {
      return modules
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .flatMap(SeedPageTest::tests)
          .collect(
              Collectors.toMap(
                  file -> String.valueOf(file.getFileName()).replace(".java", ""),
                  SeedPageTest::text,
                  // Tests of different modules may share a name.
                  (one, other) -> one + other));
    }
  }

  private static Stream<Path> tests(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().matches(".*(Test|IT)\\.java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    Map<String, String> sources = testSources();
    List<String> missing =
        rows().stream()
            .flatMap(row -> TEST.matcher(row).results())
            .filter(
                test ->
                    !sources
                        .getOrDefault(test.group(1), "")
                        .matches(
                            "(?s).*@(Parameterized)?Test\\b.*\\bvoid " + test.group(2) + "\\(.*"))
            .map(test -> test.group(1) + "." + test.group(2))
            .toList();

    assertThat(missing).isEmpty();
  }

  @Test
  void everyLineHasATestOrSaysThatItHasNone() throws IOException {
    assertThat(rows())
        .hasSizeGreaterThan(40)
        .allSatisfy(
            row -> {
              String[] cells = row.replace("\\|", "/").split("\\|", -1);
              assertThat(cells).as(row).hasSize(5);
              assertThat(cells[2]).as(row).isNotBlank();
              assertThat(TEST.matcher(cells[3]).find() || cells[3].contains("*none*"))
                  .as(row)
                  .isTrue();
            });
  }
}
