package io.rke4j.core.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Values of users as lines of YAML. */
final class YamlLines {

  /** Maps may have any order, and another in every run; a manifest must not change by that. */
  private static final ObjectMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

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

  /** A line for a value; none if it is empty. */
  static String field(String name, String value) {
    return value.isEmpty() ? "" : name + ": " + quoted(value);
  }

  /** An item for each object. */
  static String objects(List<? extends Map<String, ?>> objects) {
    return objects.stream().map(object -> "- " + json(object)).collect(Collectors.joining("\n"));
  }

  /** A value as JSON, always in the same order. */
  static String json(Object object) {
    try {
      return SORTED.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is no object of Kubernetes", e);
    }
  }

  /** A block of indented lines under a key; nothing if there are none. */
  static String block(String name, String lines) {
    return lines.isEmpty() ? "" : name + ":\n" + lines.indent(2);
  }
}
