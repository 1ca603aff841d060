package io.rke4j.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.core.config.KeyPage.Row;
import io.rke4j.core.config.Shape.Anything;
import io.rke4j.core.config.Shape.ListOf;
import io.rke4j.core.config.Shape.MapOf;
import io.rke4j.core.config.Shape.Section;
import io.rke4j.testkit.assertion.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every key that RKE knows is known here, and the page says of each what becomes of it. */
class KeyTableTest {

  private static final Path FOLDER = Path.of("src/test/resources/keys");
  private static final Path PAGE = Path.of("../docs/cluster-yml.md");
  private static final String BEGIN = "<!-- keys: made by KeyTableTest, not by hand -->\n";
  private static final String END = "<!-- end of keys -->";

  private static Set<String> keysOfRke(String version) throws IOException {
    Set<String> keys = new LinkedHashSet<>(Files.readAllLines(FOLDER.resolve(version + ".txt")));
    keys.removeIf(line -> line.startsWith("#"));
    return keys;
  }

  private static KeyMeanings meanings() throws IOException {
    return KeyMeanings.read(FOLDER.resolve("meanings.txt"));
  }

  private static String page() throws IOException {
    Map<String, Set<String>> keys = new LinkedHashMap<>();
    for (String version : List.of("1.1.3", "1.6.3")) {
      keys.put(version, keysOfRke(version));
    }
    return new KeyPage(keys, meanings()).text();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.3", "1.6.3"})
  void everyKeyOfRkeIsKnown(String version) throws IOException {
    assertThat(keysOfRke(version))
        .hasSizeGreaterThan(350)
        .filteredOn(key -> !isKnown(key))
        .isEmpty();
  }

  private static boolean isKnown(String path) {
    Shape shape = ClusterKeys.FILE;
    for (String name : path.split("\\.", -1)) {
      if (shape instanceof Anything) {
        return true;
      }
      if (shape instanceof MapOf map && name.equals("NAME")) {
        shape = map.item();
        continue;
      }
      Key key =
          shape instanceof Section section ? section.keys().get(name.replace("[]", "")) : null;
      if (key == null) {
        return false;
      }
      shape = name.endsWith("[]") && key.shape() instanceof ListOf list ? list.item() : key.shape();
    }
    return true;
  }

  @Test
  void keysThatAreNoneAreNotKnown() {
    assertThat(List.of("nodes[].adress", "services.kube-api.nodes", "nodes.address", "x"))
        .noneMatch(KeyTableTest::isKnown);
  }

  @Test
  void everyKeyThatIsTakenIsExplained() throws IOException {
    KeyMeanings meanings = meanings();
    assertThat(KeyPage.rows())
        .filteredOn(Row::isTaken)
        .filteredOn(row -> meanings.of(row.path()).isEmpty())
        .extracting(Row::path)
        .isEmpty();
  }

  @Test
  void nothingIsExplainedThatIsNotThere() throws IOException {
    List<String> known = new ArrayList<>(KeyPage.rows().stream().map(Row::path).toList());
    known.addAll(keysOfRke("1.6.3"));
    assertThat(meanings().unused(known)).isEmpty();
  }

  @Test
  void thePageSaysOfEachKeyWhatTheReaderDoes() throws IOException {
    Golden.assertPartMatches(PAGE, BEGIN, END, page());
  }
}
