package io.rke4j.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.testkit.assertion.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file of the golden folder is wrong in its own way; beside it is what the user is told. */
class BrokenFilesTest {

  private static final Path FILES = Path.of("src/test/resources/golden/cluster-yml");

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yml"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyProblemIsToldWithItsLine(String name) {
    InvalidSpecException refused =
        catchThrowableOfType(
            InvalidSpecException.class, () -> new ClusterYaml().read(FILES.resolve(name)));

    assertThat(refused).as("%s is refused", name).isNotNull();
    assertThat(refused.getMessage()).doesNotContain("marker-secret");
    Golden.assertMatches(FILES.resolve(name.replace(".yml", ".txt")), refused.getMessage() + "\n");
  }
}
