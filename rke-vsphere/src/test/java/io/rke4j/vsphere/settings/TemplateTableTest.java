package io.rke4j.vsphere.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table of keys in docs/vsphere.md; {@code -Dgolden.update=true} writes it anew. */
class TemplateTableTest {

  private static final String START = "<!-- options -->\n";
  private static final String END = "<!-- /options -->";
  private static final Path PAGE = Path.of("..", "docs", "vsphere.md");

  @Test
  void tableIsThatOfTheCode() throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf(START) + START.length();
    int end = page.indexOf(END);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, page.substring(0, start) + table() + page.substring(end));
    } else {
      assertThat(page.substring(start, end)).isEqualTo(table());
    }
  }

  private static String table() {
    StringBuilder table = new StringBuilder("| key | default | meaning |\n| --- | --- | --- |\n");
    for (TemplateKey key : TemplateKey.values()) {
      String fallback = key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`";
      table.append(
          "| `%s` | %s | %s |\n"
              .formatted(key.key(), fallback, key.meaning().replace("ours:", "*ours:*")));
    }
    return table.toString();
  }
}
