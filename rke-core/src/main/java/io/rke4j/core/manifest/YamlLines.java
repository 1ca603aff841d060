package io.rke4j.core.manifest;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Values of users as lines of YAML. */
final class YamlLines {

  private YamlLines() {}

  /** A text in double quotes, whatever it contains. */
  static String quoted(String text) {
    // JSON is YAML.
    return TextNode.valueOf(text).toString();
  }

  /** A line for each entry, in the order of the keys. */
  static String map(Map<String, String> entries) {
    return new TreeMap<>(entries)
        .entrySet().stream()
            .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
            .collect(Collectors.joining("\n"));
  }

  /** An item for each flag; a flag with an empty value is a switch. */
  static String flags(Map<String, String> flags) {
    return new TreeMap<>(flags)
        .entrySet().stream()
            .map(
                flag -> {
                  String value = flag.getValue().isEmpty() ? "" : "=" + flag.getValue();
                  return "- " + quoted("--" + flag.getKey() + value);
                })
            .collect(Collectors.joining("\n"));
  }
}
