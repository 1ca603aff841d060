package io.rke4j.vsphere.internal.json;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes JSON, which is YAML, too. */
public final class Json {

  private Json() {}

  /**
   * The text of a value.
   *
   * @param value a string, a number, a truth, or a list or map of such values; a map's order stays
   */
  public static String write(Object value) {
    StringBuilder json = new StringBuilder();
    append(json, value);
    return json.toString();
  }

  private static void append(StringBuilder json, Object value) {
    if (value instanceof String text) {
      quote(json, text);
    } else if (value instanceof Number || value instanceof Boolean) {
      json.append(value);
    } else if (value instanceof List<?> list) {
      list(json, list);
    } else if (value instanceof Map<?, ?> map) {
      map(json, map);
    } else {
      throw new IllegalArgumentException("JSON has no " + value.getClass());
    }
  }

  private static void list(StringBuilder json, List<?> list) {
    json.append('[');
    for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
      append(json, items.next());
      json.append(items.hasNext() ? ", " : "");
    }
    json.append(']');
  }

  private static void map(StringBuilder json, Map<?, ?> map) {
    json.append('{');
    for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        entries.hasNext(); ) {
      Map.Entry<?, ?> entry = entries.next();
      append(json, entry.getKey());
      json.append(": ");
      append(json, entry.getValue());
      json.append(entries.hasNext() ? ", " : "");
    }
    json.append('}');
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        // YAML forbids more than JSON does; escaped, both take everything.
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
