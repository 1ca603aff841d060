package io.rke4j.testkit.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.testkit.container.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * What a request wants to see only: names of filters, each with values of which one must fit.
 *
 * @param values by the name of the filter
 */
record Filters(Map<String, List<String>> values) {

  /** Reads the parameter {@code filters}: values as a list, or as an object, as older clients. */
  static Filters of(Call call) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    byte[] text = call.parameter("filters").getBytes(StandardCharsets.UTF_8);
    for (Map.Entry<String, JsonNode> filter : Json.parse(text).properties()) {
      List<String> wanted = new ArrayList<>();
      if (filter.getValue().isObject()) {
        filter.getValue().fieldNames().forEachRemaining(wanted::add);
      } else {
        wanted.addAll(Json.words(filter.getValue()));
      }
      values.put(filter.getKey(), wanted);
    }
    return new Filters(values);
  }

  boolean isSet(String name) {
    return !values.getOrDefault(name, List.of()).isEmpty();
  }

  /** Whether a filter is not set, or names this value. */
  boolean allows(String name, String value) {
    return allows(name, value, String::equals);
  }

  /** Whether a filter is not set, or one of its values (the second) fits. */
  boolean allows(String name, String value, BiPredicate<String, String> fits) {
    List<String> wanted = values.getOrDefault(name, List.of());
    return wanted.isEmpty() || wanted.stream().anyMatch(one -> fits.test(value, one));
  }

  /** Whether all labels that are asked for are there: {@code name}, or {@code name=value}. */
  boolean allowsLabels(Map<String, String> labels) {
    return values.getOrDefault("label", List.of()).stream()
        .map(label -> label.split("=", 2))
        .allMatch(
            parts ->
                labels.containsKey(parts[0])
                    && (parts.length == 1 || parts[1].equals(labels.get(parts[0]))));
  }
}
