package io.rke4j.vsphere.settings;

import io.rke4j.api.cluster.SpecProblem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The texts of a node template by their keys, and what is wrong with them. */
final class TemplateValues {

  private final Map<TemplateKey, String> values = new EnumMap<>(TemplateKey.class);
  private final List<SpecProblem> problems = new ArrayList<>();

  TemplateValues(Map<String, String> template) {
    new TreeMap<>(template)
        .forEach(
            (name, value) ->
                TemplateKey.of(name)
                    .ifPresentOrElse(
                        key -> keep(key, value),
                        () -> problem(name, "is unknown", "docs/vsphere.md lists the keys")));
  }

  private void keep(TemplateKey key, String value) {
    if (!value.isBlank()) {
      values.put(key, value);
    }
  }

  boolean has(TemplateKey key) {
    return values.containsKey(key);
  }

  String text(TemplateKey key) {
    return values.getOrDefault(key, key.fallback());
  }

  String required(TemplateKey key, String standIn) {
    if (has(key)) {
      return text(key).strip();
    }
    problem(key.key(), "is missing", "give the " + key.meaning().replace("; required", ""));
    return standIn;
  }

  int number(TemplateKey key, int least, int most) {
    String text = text(key).strip();
    if (text.matches("\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    problem(
        key.key(),
        "'" + text + "' is not a number from " + least + " to " + most,
        "leave it out for " + key.fallback());
    return Integer.parseInt(key.fallback());
  }

  List<String> list(TemplateKey key) {
    return text(key).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** Items of the form {@code key=value}; without an equals sign the value is empty. */
  Map<String, String> pairs(TemplateKey key) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String item : list(key)) {
      int sign = item.indexOf('=');
      String name = (sign < 0 ? item : item.substring(0, sign)).strip();
      if (name.isEmpty()) {
        problem(key.key(), "has an item without a name", "write name=value");
      } else if (pairs.put(name, sign < 0 ? "" : item.substring(sign + 1)) != null) {
        problem(key.key(), "names " + name + " twice", "keep one of them");
      }
    }
    return pairs;
  }

  void problem(String place, String what, String hint) {
    problems.add(new SpecProblem(place, what, hint));
  }

  /** Makes a value, or notes why it cannot be made and gives the stand-in. */
  <T> T make(TemplateKey key, T standIn, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      problem(key.key(), e.getMessage() == null ? "is not valid" : e.getMessage(), "");
      return standIn;
    }
  }

  List<SpecProblem> problems() {
    return List.copyOf(problems);
  }
}
