package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.testkit.kube.resource.ResourceType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One thing that is shown of an object.
 *
 * @param name the heading
 * @param value where it comes from: a path, a path to a number after {@code #}, or the name of a
 *     value of {@link Cells} after {@code @}
 * @param isWide whether it is shown only if much is wanted
 */
record Column(String name, String value, boolean isWide) {

  private static final Map<String, List<Column>> TABLE = load();
  private static final List<Column> USUAL = List.of(new Column("Age", "@age", false));

  /** The columns after the name. */
  static List<Column> of(ResourceType type) {
    return TABLE.getOrDefault(type.collection(), USUAL);
  }

  private static Map<String, List<Column>> load() {
    try (InputStream in = Objects.requireNonNull(Column.class.getResourceAsStream("columns.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" +", 2))
          .collect(Collectors.toMap(parts -> parts[0], parts -> columns(parts[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Column> columns(String text) {
    return Arrays.stream(text.split(" +", -1))
        .map(part -> part.split("=", 2))
        .map(
            pair ->
                new Column(
                    pair[0].replace("*", "").replace('_', ' '), pair[1], pair[0].endsWith("*")))
        .toList();
  }

  boolean isNumber() {
    return value.startsWith("#");
  }

  /** What is shown of an object. */
  String text(JsonNode object, Cells cells) {
    if (value.startsWith("@")) {
      return cells.of(value.substring(1), object);
    }
    String found = object.at(isNumber() ? value.substring(1) : value).asText("");
    return !found.isEmpty() ? found : isNumber() ? "0" : "<none>";
  }
}
