package io.rke4j.core.document;

import java.util.Map;

/** The texts of which the files of cloud providers are made. */
final class Ini {

  private Ini() {}

  /** A value that may stand between quotation marks. RKE writes it as it is, which breaks some. */
  static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  static String quoted(String value) {
    return '"' + escaped(value) + '"';
  }

  /** A value as short as it can be read: what would begin a comment or get lost is quoted. */
  static String plain(String value) {
    boolean ends = !value.equals(value.strip());
    return ends || value.matches(".*[#;].*") ? quoted(value) : escaped(value);
  }

  /** A section with its keys in one column, and the empty line after it. */
  static String section(String heading, Map<String, String> values) {
    int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder("[").append(heading).append("]\n");
    values.forEach(
        (key, value) ->
            text.append(key)
                .append(" ".repeat(width - key.length()))
                .append(" = ")
                .append(plain(value))
                .append('\n'));
    return text.append('\n').toString();
  }
}
