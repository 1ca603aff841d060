package io.rke4j.testkit.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it sets a property of the process")
class GoldenTest {

  @TempDir private Path folder;
  private final String before = String.valueOf(System.getProperty("golden.update"));

  @BeforeEach
  void compareOnly() {
    System.setProperty("golden.update", "false");
  }

  @AfterEach
  void restore() {
    System.setProperty("golden.update", before);
  }

  @Test
  void aTextThatIsThatOfItsFileIsAccepted() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "one\nä\n");
    Golden.assertMatches(file, "one\nä\n");
  }

  @Test
  void anotherTextIsToldWithTheFileAndHowToWriteItAnew() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "one\n");
    assertThatThrownBy(() -> Golden.assertMatches(file, "two\n"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(file.toString(), "-Dgolden.update=true", "one", "two");
    assertThat(file).hasContent("one\n");
  }

  @Test
  void aFileThatIsNotThereIsAFailure() {
    assertThatThrownBy(() -> Golden.assertMatches(folder.resolve("none.txt"), "text"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-Dgolden.update=true");
    assertThat(folder.resolve("none.txt")).doesNotExist();
  }

  @Test
  void anUpdateWritesTheFileWithItsFolders() {
    System.setProperty("golden.update", "true");
    Path file = folder.resolve("deep/down/a.txt");
    Golden.assertMatches(file, "new\n");
    assertThat(file).hasContent("new\n");
  }

  @Test
  void aPartOfAPageIsComparedAndWrittenBetweenItsMarks() throws IOException {
    Path page = Files.writeString(folder.resolve("page.md"), "above\n<a>\nold\n<b>\nbelow\n");
    Golden.assertPartMatches(page, "<a>\n", "<b>", "old\n");
    assertThatThrownBy(() -> Golden.assertPartMatches(page, "<a>\n", "<b>", "new\n"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("page.md", "-Dgolden.update=true");
    assertThatThrownBy(() -> Golden.assertPartMatches(page, "<none>", "<b>", "old\n"))
        .isInstanceOf(AssertionError.class);

    System.setProperty("golden.update", "true");
    Golden.assertPartMatches(page, "<a>\n", "<b>", "new\n");

    assertThat(page).hasContent("above\n<a>\nnew\n<b>\nbelow\n");
  }
}
