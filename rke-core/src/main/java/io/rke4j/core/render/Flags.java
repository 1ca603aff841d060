package io.rke4j.core.render;

import io.rke4j.api.cluster.ServiceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Assembles the flags of a program. What is said later wins. They come out sorted, so that the same
 * wishes always give the same container.
 */
final class Flags {

  private final SortedMap<String, String> values = new TreeMap<>();
  private final List<String> repeated = new ArrayList<>();

  Flags set(String name, String value) {
    values.put(name, value);
    return this;
  }

  Flags setAll(Map<String, String> flags) {
    values.putAll(flags);
    return this;
  }

  Flags setIf(boolean condition, String name, String value) {
    return condition ? set(name, value) : this;
  }

  /** Adds to a flag whose value is a list. */
  Flags append(String name, String item) {
    values.merge(name, item, (present, added) -> present + "," + added);
    return this;
  }

  /** Takes in what a Kubernetes version brings; there, an empty value takes a flag away. */
  Flags defaults(Map<String, String> options) {
    options.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            values.remove(name);
          } else {
            values.put(name, value);
          }
        });
    return this;
  }

  /** Takes in what the user wants; there, an empty value is a value. */
  Flags override(ServiceOptions user) {
    values.putAll(user.args());
    user.repeatedArgs()
        .forEach((name, many) -> many.forEach(value -> repeated.add(flag(name, value))));
    return this;
  }

  /** Repeated flags come last: where a flag takes one value only, it is the last one. */
  List<String> render() {
    return Stream.concat(
            values.entrySet().stream().map(flag -> flag(flag.getKey(), flag.getValue())),
            repeated.stream())
        .toList();
  }

  private static String flag(String name, String value) {
    return "--" + name + "=" + value;
  }
}
