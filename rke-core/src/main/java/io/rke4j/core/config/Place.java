package io.rke4j.core.config;

import io.rke4j.core.config.YamlNode.Field;
import io.rke4j.core.config.YamlNode.Fields;
import io.rke4j.core.config.YamlNode.Items;
import io.rke4j.core.config.YamlNode.Scalar;
import io.rke4j.core.document.YamlDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A map of the file, read by key. What is absent, empty or of the wrong type is not there: {@link
 * KeyCheck} has complained about the last already.
 *
 * @param fields the map
 * @param path where it is; empty for the whole file
 */
record Place(Map<String, Field> fields, String path) {

  /**
   * A text and where it is.
   *
   * @param text never blank
   */
  record Word(String text, String path) {

    /** The text may be a key. */
    @Override
    public String toString() {
      return "Word[" + path + "]";
    }
  }

  /** The path of a key here. */
  String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  Place section(String key) {
    return value(key) instanceof Fields found
        ? new Place(found.fields(), at(key))
        : new Place(Map.of(), at(key));
  }

  /** Whether there is a map at a key, be it empty. */
  boolean hasSection(String key) {
    return value(key) instanceof Fields;
  }

  /** A map that is a file of its own, as YAML; empty if there is none, or nothing in it. */
  Optional<String> document(String key) {
    return value(key) instanceof Fields found && !found.fields().isEmpty()
        ? Optional.of(YamlDocument.write(Plain.map(found.fields())))
        : Optional.empty();
  }

  /**
   * The maps of a list; what is not a map is an empty one, so that the others keep their number.
   */
  List<Place> sections(String key) {
    List<Place> found = new ArrayList<>();
    if (value(key) instanceof Items items) {
      for (YamlNode item : items.items()) {
        String itemPath = at(key) + "[" + found.size() + "]";
        Map<String, Field> content = item instanceof Fields map ? map.fields() : Map.of();
        found.add(new Place(content, itemPath));
      }
    }
    return found;
  }

  Optional<String> text(String key) {
    return word(key).map(Word::text);
  }

  Optional<Word> word(String key) {
    return word(value(key), at(key));
  }

  /** The texts of a list, each with its own path. */
  List<Word> words(String key) {
    List<Word> found = new ArrayList<>();
    if (value(key) instanceof Items items) {
      for (int index = 0; index < items.items().size(); index++) {
        word(items.items().get(index), at(key) + "[" + index + "]").ifPresent(found::add);
      }
    }
    return found;
  }

  List<String> texts(String key) {
    return words(key).stream().map(Word::text).toList();
  }

  /** Pairs of texts; a missing value is an empty one, as in RKE. */
  Map<String, String> pairs(String key) {
    Map<String, String> found = new LinkedHashMap<>();
    section(key)
        .fields()
        .forEach(
            (name, field) -> {
              if (field.value() instanceof Scalar scalar) {
                found.put(name, scalar.isNothing() ? "" : scalar.text());
              }
            });
    return found;
  }

  /** Lists of texts by the user's keys. */
  Map<String, List<String>> lists(String key) {
    Place place = section(key);
    Map<String, List<String>> found = new LinkedHashMap<>();
    place.fields().keySet().forEach(name -> found.put(name, place.texts(name)));
    return found;
  }

  /** The maps of a list, as they are. */
  List<Map<String, Object>> objects(String key) {
    return sections(key).stream().map(place -> Plain.map(place.fields())).toList();
  }

  Optional<Double> decimal(String key) {
    return value(key) instanceof Scalar scalar ? Scalars.decimal(scalar) : Optional.empty();
  }

  boolean has(String key) {
    YamlNode value = value(key);
    return value != null && !value.isNothing();
  }

  Optional<Boolean> truth(String key) {
    return value(key) instanceof Scalar scalar ? Scalars.truth(scalar) : Optional.empty();
  }

  Optional<Integer> whole(String key) {
    return value(key) instanceof Scalar scalar ? Scalars.whole(scalar) : Optional.empty();
  }

  private @Nullable YamlNode value(String key) {
    Field field = fields.get(key);
    return field == null ? null : field.value();
  }

  private static Optional<Word> word(@Nullable YamlNode value, String path) {
    return value instanceof Scalar scalar && !scalar.isNothing() && !scalar.text().isBlank()
        ? Optional.of(new Word(scalar.text(), path))
        : Optional.empty();
  }
}
