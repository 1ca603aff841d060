package io.rke4j.vsphere.settings;

import io.rke4j.testkit.assertion.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table of keys in docs/vsphere.md; {@code -Dgolden.update=true} writes it anew. */
class TemplateTableTest {

  private static final String START = "<!-- options -->\n";
  private static final String END = "<!-- /options -->";
  private static final Path PAGE = Path.of("..", "docs", "vsphere.md");

  @Test
  void tableIsThatOfTheCode() {
    Golden.assertPartMatches(PAGE, START, END, table());
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
