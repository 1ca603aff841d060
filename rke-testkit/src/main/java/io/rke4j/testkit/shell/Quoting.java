package io.rke4j.testkit.shell;

/** Where in a script something ends that belongs together. */
final class Quoting {

  private Quoting() {}

  /** The place after the character, the quoted text, or the substitution that begins here. */
  static int end(String text, int begin) {
    return switch (text.charAt(begin)) {
      case '\\' -> Math.min(begin + 2, text.length());
      case '\'' -> closing(text, text.indexOf('\'', begin + 1), begin);
      case '"' -> endOfQuotes(text, begin);
      case '$' -> endOfDollar(text, begin);
      default -> begin + 1;
    };
  }

  private static int endOfQuotes(String text, int begin) {
    int at = begin + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      at = text.charAt(at) == '\'' ? at + 1 : end(text, at);
    }
    return closing(text, at < text.length() ? at : -1, begin);
  }

  private static int endOfDollar(String text, int begin) {
    if (text.startsWith("${", begin)) {
      return closing(text, text.indexOf('}', begin), begin);
    }
    if (!text.startsWith("$(", begin)) {
      return begin + 1;
    }
    int at = begin + 2;
    while (at < text.length() && text.charAt(at) != ')') {
      at = end(text, at);
    }
    return closing(text, at < text.length() ? at : -1, begin);
  }

  private static int closing(String text, int at, int begin) {
    if (at < 0) {
      throw new ScriptException("nothing closes what begins with " + text.substring(begin));
    }
    return at + 1;
  }
}
