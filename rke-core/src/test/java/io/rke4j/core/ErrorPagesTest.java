package io.rke4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorPagesTest {

  private static final Pattern CODE =
      Pattern.compile("(?:super|new ProviderException)\\(\\s*\"([a-z]+(?:-[a-z]+)*)\"");
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Path PAGES = MODULE.resolveSibling("docs").resolve("errors");

  @Test
  void everyCodeHasItsPageAndEveryPageItsCode() throws IOException {
    assertThat(pages()).isNotEmpty().isEqualTo(codes());
  }

  @Test
  void everyPageSaysWhatItMeansWhatToDoAndHowItLooks() throws IOException {
    for (String code : pages()) {
      assertThat(read(PAGES.resolve(code + ".md")))
          .startsWith("# " + code + "\n")
          .containsIgnoringCase("what to do")
          .contains("message");
    }
  }

  private static Set<String> pages() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      return pages
          .map(page -> String.valueOf(page.getFileName()).replaceFirst("\\.md$", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> codes() throws IOException {
    Set<String> codes = new TreeSet<>();
    for (String module : List.of("rke-api", "rke-core", "rke-vsphere")) {
      try (Stream<Path> sources =
          Files.walk(MODULE.resolveSibling(module).resolve("src/main/java"))) {
        sources
            .filter(file -> file.toString().endsWith("Exception.java"))
            .flatMap(file -> CODE.matcher(read(file)).results().map(match -> match.group(1)))
            .forEach(codes::add);
      }
    }
    return codes;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
