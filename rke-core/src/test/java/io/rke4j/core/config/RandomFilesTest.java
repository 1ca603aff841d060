package io.rke4j.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.rke4j.api.cluster.InvalidSpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomFilesTest {

  private static final int FILES = 2000;
  private static final String[] PIECES = {
    "\t",
    "\n",
    " ",
    ":",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "!!int ",
    "!x ",
    "<<: ",
    "\"",
    "'",
    "|",
    "#",
    "%YAML 9999999999.1\n---\n",
    "---\n",
    "...",
    "\0",
    "\u0007",
    "\\",
    "@",
    "null",
    "~",
    "true",
    "-1",
    "99999999999999999999",
    "0x1F",
    "1e9",
    ".nan",
    "2001-01-01",
    "ä",
    "\uD83D\uDE00",
    "? ",
    ", ",
    "10.0.0.0/99",
    "v99999999999.1.1",
    "\"\\0\"",
    "a.".repeat(3000),
    "\uFEFF"
  };

  @TempDir private Path folder;

  @Test
  void onlyOneKindOfExceptionComesOut() throws IOException {
    List<String> originals =
        List.of(text("three-nodes.yml"), text("defaults.yml"), text("single.yml"));
    Random random = new Random(20);
    int refused = 0;
    for (int number = 0; number < FILES; number++) {
      refused += isRefused(mutated(originals.get(number % originals.size()), random), number);
    }
    assertThat(refused).isBetween(FILES / 2, FILES - 1);
  }

  private int isRefused(String text, int number) throws IOException {
    Path file = folder.resolve("cluster.yml");
    Files.writeString(file, text);
    try {
      new ClusterYaml().read(file);
      return 0;
    } catch (InvalidSpecException e) {
      assertThat(e.problems()).as("file %s", number).isNotEmpty();
      return 1;
    } catch (RuntimeException | StackOverflowError e) {
      return fail("file " + number + ":\n" + text, e);
    }
  }

  private static String mutated(String original, Random random) {
    StringBuilder text = new StringBuilder(original);
    for (int change = random.nextInt(3); change >= 0; change--) {
      int at = random.nextInt(text.length());
      int length = Math.min(random.nextInt(12), text.length() - at);
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, at + length);
        case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> text.replace(at, at + length, PIECES[random.nextInt(PIECES.length)]);
        default -> text.insert(at, text.substring(at, at + length));
      }
    }
    return text.toString();
  }

  private static String text(String name) throws IOException {
    return Files.readString(ClusterYamlTest.FILES.resolve(name));
  }
}
