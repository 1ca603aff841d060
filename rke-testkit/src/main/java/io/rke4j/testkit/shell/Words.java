package io.rke4j.testkit.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values in place of variables and substitutions, and takes quotes away.
 *
 * @param variables by name
 * @param substitution what a script in {@code $(…)} writes
 * @param last how the last command ended
 */
record Words(Map<String, String> variables, UnaryOperator<String> substitution, IntSupplier last) {

  private static final Pattern NAME = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+|\\?))");

  /** All words; what was not quoted is cut at blanks. */
  List<String> expand(List<String> written) {
    List<String> words = new ArrayList<>();
    written.forEach(word -> new Expansion(word, true).into(words));
    return words;
  }

  /** One text, whatever is in it. */
  String text(String written) {
    List<String> words = new ArrayList<>();
    new Expansion(written, false).into(words);
    return words.isEmpty() ? "" : words.get(0);
  }

  private final class Expansion {

    private final String word;
    private final boolean cuts;
    private final StringBuilder current = new StringBuilder();
    private boolean something;

    Expansion(String word, boolean cuts) {
      this.word = word;
      this.cuts = cuts;
    }

    void into(List<String> words) {
      for (int at = 0; at < word.length(); ) {
        int end = partEnd(word, at);
        String part = word.substring(at, end);
        switch (part.charAt(0)) {
          case '\'' -> add(part.substring(1, part.length() - 1));
          case '"' -> add(inQuotes(part.substring(1, part.length() - 1)));
          case '\\' -> add(part.substring(1));
          case '$' -> addValue(value(part), words);
          default -> add(part);
        }
        at = end;
      }
      finish(words);
    }

    private void add(String text) {
      current.append(text);
      something = true;
    }

    private void addValue(String value, List<String> words) {
      if (!cuts) {
        add(value);
        return;
      }
      String[] parts = value.split("\\s+", -1);
      for (int index = 0; index < parts.length; index++) {
        if (index > 0) {
          finish(words);
        }
        current.append(parts[index]);
        something |= !parts[index].isEmpty();
      }
    }

    private void finish(List<String> words) {
      if (something) {
        words.add(current.toString());
      }
      current.setLength(0);
      something = false;
    }
  }

  private static int partEnd(String text, int at) {
    Matcher name = NAME.matcher(text).region(at, text.length());
    return name.lookingAt() ? name.end() : Quoting.end(text, at);
  }

  private String inQuotes(String text) {
    StringBuilder result = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      int end = text.charAt(at) == '\'' ? at + 1 : partEnd(text, at);
      String part = text.substring(at, end);
      if (part.startsWith("$")) {
        result.append(value(part));
      } else if (part.startsWith("\\") && part.length() > 1) {
        result.append("$\"\\`".indexOf(part.charAt(1)) >= 0 ? part.substring(1) : part);
      } else {
        result.append(part);
      }
      at = end;
    }
    return result.toString();
  }

  private String value(String part) {
    if (part.startsWith("$(")) {
      return substitution.apply(part.substring(2, part.length() - 1));
    }
    Matcher name = NAME.matcher(part);
    if (!name.matches()) {
      return part;
    }
    String which = name.group(1) == null ? name.group(2) : name.group(1);
    return which.equals("?")
        ? Integer.toString(last.getAsInt())
        : variables.getOrDefault(which, "");
  }
}
