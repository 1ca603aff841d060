package io.rke4j.core.render;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Assembles the flags of a program. What is said later wins. They come out sorted, so that the same
 * wishes always give the same container.
 */
final class Flags {

  private final SortedMap<String, String> values = new TreeMap<>();

  Flags set(String name, String value) {
    values.put(name, value);
    return this;
  }

  Flags setIf(boolean condition, String name, String value) {
    return condition ? set(name, value) : this;
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
  Flags override(Map<String, String> args) {
    values.putAll(args);
    return this;
  }

  List<String> render() {
    return values.entrySet().stream()
        .map(flag -> "--" + flag.getKey() + "=" + flag.getValue())
        .toList();
  }
}
