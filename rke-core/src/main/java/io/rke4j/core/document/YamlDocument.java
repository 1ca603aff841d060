package io.rke4j.core.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * A configuration file: one object of Kubernetes. What it holds may be a key, so it is never
 * quoted.
 */
public final class YamlDocument {

  private YamlDocument() {}

  /** The fields of a text; empty if it is not one YAML map. */
  public static Optional<Map<String, Object>> read(String text) {
    try {
      Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
      return document instanceof Map<?, ?> fields ? Optional.of(fields(fields)) : Optional.empty();
    } catch (YAMLException | IllegalArgumentException e) {
      // The latter for what is said to be binary or a time, and is not.
      return Optional.empty();
    }
  }

  /** The text of an object, laid out as Go's writers do: keys sorted, lists not indented. */
  public static String write(Map<String, ?> fields) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    options.setIndent(2);
    return new Yaml(new AsGo(options), options).dump(sorted(fields));
  }

  /** Go's writers put an empty text in double quotes, and digests of files depend on it. */
  private static final class AsGo extends Representer {

    AsGo(DumperOptions options) {
      super(options);
    }

    @Override
    protected Node representScalar(Tag tag, String value, DumperOptions.ScalarStyle style) {
      boolean isEmpty = value.isEmpty() && tag.equals(Tag.STR);
      return super.representScalar(
          tag, value, isEmpty ? DumperOptions.ScalarStyle.DOUBLE_QUOTED : style);
    }
  }

  /** The maps of a list; what is none is left out. */
  static List<Map<String, Object>> maps(@org.jspecify.annotations.Nullable Object list) {
    return list instanceof List<?> items
        ? items.stream()
            .filter(Map.class::isInstance)
            .map(item -> fields((Map<?, ?>) item))
            .toList()
        : List.of();
  }

  /** The map in a field; an empty one if there is none. */
  static Map<String, Object> map(Map<String, Object> fields, String name) {
    return fields.get(name) instanceof Map<?, ?> map ? fields(map) : Map.of();
  }

  /** The text in a field; an empty one if there is none. */
  static String text(Map<String, Object> fields, String name) {
    return fields.get(name) instanceof String text ? text : "";
  }

  private static Map<String, Object> fields(Map<?, ?> map) {
    Map<String, Object> fields = new TreeMap<>();
    map.forEach((name, value) -> fields.put(String.valueOf(name), value));
    return fields;
  }

  private static Object sorted(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> fields = fields(map);
      fields.replaceAll((name, inner) -> inner == null ? null : sorted(inner));
      return fields;
    }
    return value instanceof List<?> list
        ? list.stream().map(item -> item == null ? "" : sorted(item)).toList()
        : value;
  }
}
