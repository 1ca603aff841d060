package io.rke4j.core.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A mapping in a catalogue file, read strictly: each entry has the expected type, and in the end
 * none is left over.
 */
final class Section {

  private final String place;
  private final Map<Object, Object> left;

  private Section(String place, @Nullable Object content) {
    this.place = place;
    if (!(content instanceof Map<?, ?> map)) {
      throw mistake("is not a mapping");
    }
    this.left = new LinkedHashMap<>(map);
  }

  static Section parse(String file, String text) {
    return new Section(file, load(file, text));
  }

  /** The mappings in a file that is a list of them. */
  static List<Section> parseList(String file, String text) {
    List<Section> sections = new ArrayList<>();
    if (load(file, text) instanceof List<?> list) {
      for (Object item : list) {
        sections.add(new Section(file + ", entry " + (sections.size() + 1), item));
      }
    }
    return sections;
  }

  static Section of(String place, Map<String, Object> entries) {
    return new Section(place, entries);
  }

  private static @Nullable Object load(String file, String text) {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    try {
      return new Yaml(new SafeConstructor(strict)).<@Nullable Object>load(text);
    } catch (YAMLException e) {
      throw new IllegalStateException("the catalogue's " + file + " is not valid YAML", e);
    }
  }

  Section section(String key) {
    return new Section(place + ", " + key, left.remove(key));
  }

  boolean has(String key) {
    return left.containsKey(key);
  }

  String text(String key) {
    return take(key, String.class);
  }

  boolean flag(String key) {
    return take(key, Boolean.class);
  }

  <T> List<T> list(String key, Class<T> type) {
    List<?> entries = take(key, List.class);
    if (!entries.stream().allMatch(type::isInstance)) {
      throw mistake("has something else than " + type.getSimpleName() + " in " + key);
    }
    return entries.stream().map(type::cast).toList();
  }

  /** All entries that were not taken yet, each a text. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Object key : List.copyOf(left.keySet())) {
      texts.put(key.toString(), text(key.toString()));
    }
    return texts;
  }

  /** All entries that were not taken yet, of any type. */
  Map<String, Object> entries() {
    Map<String, Object> entries = new LinkedHashMap<>();
    left.forEach((key, value) -> entries.put(key.toString(), value));
    left.clear();
    return entries;
  }

  void nothingElse() {
    if (!left.isEmpty()) {
      throw mistake("has unknown entries: " + left.keySet());
    }
  }

  private <T> T take(String key, Class<T> type) {
    Object value = left.remove(key);
    if (!type.isInstance(value)) {
      throw mistake("needs a " + type.getSimpleName() + " as " + key);
    }
    return type.cast(value);
  }

  IllegalStateException mistake(String what) {
    return new IllegalStateException("the catalogue's " + place + ": " + what);
  }
}
