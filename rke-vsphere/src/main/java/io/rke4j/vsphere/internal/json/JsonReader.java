package io.rke4j.vsphere.internal.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON: strings, numbers, truths, lists and maps of these. What is null is left out. */
public final class JsonReader {

  /** Deeper than any answer of vCenter, and far from where the stack ends. */
  private static final int DEEPEST = 100;

  private static final Object NOTHING = new Object();

  private final String text;
  private int at;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException if the text is none; it says where it ends to be one
   */
  public static Map<String, Object> object(String text) {
    JsonReader reader = new JsonReader(text);
    Map<String, Object> object = reader.map();
    reader.skipBlanks();
    if (reader.at < text.length()) {
      throw reader.wrong();
    }
    return object;
  }

  private Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    expect('{');
    if (found('}')) {
      return map;
    }
    do {
      skipBlanks();
      String key = string();
      expect(':');
      Object value = value();
      if (value != NOTHING) {
        map.put(key, value);
      }
    } while (found(','));
    expect('}');
    return map;
  }

  private List<Object> list() {
    List<Object> list = new ArrayList<>();
    expect('[');
    if (found(']')) {
      return list;
    }
    do {
      Object value = value();
      if (value != NOTHING) {
        list.add(value);
      }
    } while (found(','));
    expect(']');
    return list;
  }

  private Object value() {
    skipBlanks();
    if (++depth > DEEPEST) {
      throw wrong();
    }
    char next = peek();
    Object value =
        switch (next) {
          case '{' -> map();
          case '[' -> list();
          case '"' -> string();
          default -> word();
        };
    depth--;
    return value;
  }

  private Object word() {
    int start = at;
    while (at < text.length() && isOfWord(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> NOTHING;
      default -> number(word);
    };
  }

  private static boolean isOfWord(char one) {
    return Character.isLetterOrDigit(one) || one == '+' || one == '-' || one == '.';
  }

  private Object number(String word) {
    try {
      return Double.valueOf(word);
    } catch (NumberFormatException e) {
      throw wrong();
    }
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    if (peek() != '"') {
      throw wrong();
    }
    for (at++; peek() != '"'; at++) {
      string.append(peek() == '\\' ? escaped() : peek());
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    at++;
    return switch (peek()) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> hexadecimal();
      default -> peek();
    };
  }

  private char hexadecimal() {
    if (at + 4 >= text.length()) {
      throw wrong();
    }
    String digits = text.substring(at + 1, at + 5);
    if (!digits.matches("[0-9a-fA-F]{4}")) {
      throw wrong();
    }
    at += 4;
    return (char) Integer.parseInt(digits, 16);
  }

  private void expect(char wanted) {
    if (!found(wanted)) {
      throw wrong();
    }
  }

  private boolean found(char wanted) {
    skipBlanks();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong();
    }
    return text.charAt(at);
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("no JSON at character " + at);
  }
}
