package io.rke4j.core.config;

import io.rke4j.core.config.YamlNode.Field;
import io.rke4j.core.config.YamlNode.Fields;
import io.rke4j.core.config.YamlNode.Items;
import io.rke4j.core.config.YamlNode.Scalar;
import io.rke4j.core.config.YamlNode.ScalarType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns the parser's graph into a tree. A few lines of aliases can describe billions of values, or
 * a value that contains itself, so depth and number of values are bounded.
 */
final class YamlTree {

  private static final int MAX_DEPTH = 60;
  private static final int MAX_VALUES = 200_000;
  private static final Map<Tag, ScalarType> TYPES =
      Map.of(
          Tag.STR, ScalarType.TEXT,
          Tag.TIMESTAMP, ScalarType.TEXT,
          Tag.MERGE, ScalarType.TEXT,
          Tag.INT, ScalarType.WHOLE,
          Tag.FLOAT, ScalarType.DECIMAL,
          Tag.BOOL, ScalarType.TRUTH,
          Tag.NULL, ScalarType.NOTHING);

  private final Repeats repeats;
  private int values;

  YamlTree(Repeats repeats) {
    this.repeats = repeats;
  }

  /** Hears of keys that are given twice in one map. */
  interface Repeats {
    /** One such key. */
    void repeated(String path, int line, int firstLine);
  }

  YamlNode document(Node root) throws NotYamlException {
    return node(root, "", 0);
  }

  private YamlNode node(Node node, String path, int depth) throws NotYamlException {
    int line = line(node);
    if (depth > MAX_DEPTH) {
      throw new NotYamlException(line, "is nested too deeply", "an alias may contain itself");
    }
    if (++values > MAX_VALUES) {
      throw new NotYamlException(
          line, "has more than " + MAX_VALUES + " values", "aliases may multiply them");
    }
    if (node instanceof MappingNode map && node.getTag().equals(Tag.MAP)) {
      return fields(map, path, depth);
    }
    if (node instanceof SequenceNode list && node.getTag().equals(Tag.SEQ)) {
      return items(list, path, depth);
    }
    ScalarType type = TYPES.get(node.getTag());
    if (type == null || !(node instanceof ScalarNode scalar)) {
      throw new NotYamlException(line, "has a YAML tag that is not known here", "leave it out");
    }
    boolean block = scalar.getScalarStyle() == ScalarStyle.LITERAL;
    return new Scalar(line, scalar.getValue(), type, block);
  }

  private Items items(SequenceNode list, String path, int depth) throws NotYamlException {
    List<YamlNode> items = new ArrayList<>();
    for (Node item : list.getValue()) {
      items.add(node(item, path + "[" + items.size() + "]", depth + 1));
    }
    return new Items(line(list), List.copyOf(items));
  }

  private Fields fields(MappingNode map, String path, int depth) throws NotYamlException {
    Map<String, Field> own = new LinkedHashMap<>();
    List<Fields> merged = new ArrayList<>();
    for (NodeTuple entry : map.getValue()) {
      if (entry.getKeyNode().getTag().equals(Tag.MERGE)) {
        merge(node(entry.getValueNode(), path, depth + 1), merged);
        continue;
      }
      String key = key(entry.getKeyNode());
      String keyPath = path.isEmpty() ? key : path + "." + key;
      int line = line(entry.getKeyNode());
      Field first =
          own.putIfAbsent(key, new Field(line, node(entry.getValueNode(), keyPath, depth + 1)));
      if (first != null) {
        repeats.repeated(keyPath, line, first.line());
      }
    }
    merged.forEach(from -> from.fields().forEach(own::putIfAbsent));
    return new Fields(line(map), own);
  }

  private static void merge(YamlNode value, List<Fields> merged) throws NotYamlException {
    if (value instanceof Fields fields) {
      merged.add(fields);
    } else if (value instanceof Items items) {
      for (YamlNode item : items.items()) {
        merge(item, merged);
      }
    } else {
      throw new NotYamlException(value.line(), "merges something that is not a map", "");
    }
  }

  private static String key(Node node) throws NotYamlException {
    if (node instanceof ScalarNode scalar && TYPES.containsKey(node.getTag())) {
      return scalar.getValue();
    }
    throw new NotYamlException(line(node), "has a key that is not a plain text", "");
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
