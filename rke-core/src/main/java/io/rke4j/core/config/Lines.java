package io.rke4j.core.config;

import io.rke4j.core.config.YamlNode.Field;
import io.rke4j.core.config.YamlNode.Fields;
import io.rke4j.core.config.YamlNode.Items;
import java.util.Map;

/** Finds the line of a path such as {@code nodes[2].labels.example.com/zone}. */
record Lines(YamlNode root) {

  private static final int NOWHERE = -1;

  /** Whether the file has the path. */
  boolean has(String path) {
    return find(root, root.line(), path) != NOWHERE;
  }

  /** The line of the path; of what would hold it, if it is not there. */
  int of(String path) {
    for (int end = path.length(); end > 0; end = cut(path, end)) {
      int line = find(root, root.line(), path.substring(0, end));
      if (line != NOWHERE) {
        return line;
      }
    }
    return root.line();
  }

  /** The end of what holds a path; not above 0 if nothing does. */
  static int cut(String path, int end) {
    return Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1));
  }

  private static int find(YamlNode node, int line, String path) {
    if (path.isEmpty()) {
      return line;
    }
    if (node instanceof Items items && path.startsWith("[")) {
      return inItem(items, path);
    }
    String rest = path.startsWith(".") ? path.substring(1) : path;
    if (node instanceof Fields fields) {
      for (Map.Entry<String, Field> field : fields.fields().entrySet()) {
        // Keys may have dots in them, so the path is not cut at dots.
        if (starts(rest, field.getKey())) {
          Field found = field.getValue();
          return find(found.value(), found.line(), rest.substring(field.getKey().length()));
        }
      }
    }
    return NOWHERE;
  }

  private static int inItem(Items items, String path) {
    int end = path.indexOf(']');
    String number = path.substring(1, Math.max(end, 1));
    if (!number.matches("\\d{1,6}") || Integer.parseInt(number) >= items.items().size()) {
      return NOWHERE;
    }
    YamlNode item = items.items().get(Integer.parseInt(number));
    return find(item, item.line(), path.substring(end + 1));
  }

  private static boolean starts(String path, String key) {
    return path.startsWith(key)
        && (path.length() == key.length() || ".[".indexOf(path.charAt(key.length())) >= 0);
  }
}
