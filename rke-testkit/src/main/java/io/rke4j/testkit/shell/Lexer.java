package io.rke4j.testkit.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts a script into words and signs. Words keep their quotes. */
final class Lexer {

  private static final List<String> SIGNS =
      List.of("&&", "||", ">>", ">&", ";;", ";", "&", "|", ">", "<", "(", ")", "\n");

  private final String script;
  private int at;

  Lexer(String script) {
    this.script = script.replace("\\\n", "");
  }

  /**
   * A word or a sign.
   *
   * @param stream the number directly before the sign of a redirection; -1 if there is none
   */
  record Token(String text, boolean isWord, int stream) {
    boolean is(String sign) {
      return !isWord && text.equals(sign);
    }

    boolean isWord(String word) {
      return isWord && text.equals(word);
    }
  }

  List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    while (skipped() < script.length()) {
      Optional<String> sign = sign();
      if (sign.isPresent()) {
        tokens.add(new Token(sign.get(), false, -1));
        at += sign.get().length();
        continue;
      }
      String word = word();
      Optional<String> next = sign().filter(it -> it.startsWith(">") || it.equals("<"));
      if (word.matches("[012]") && next.isPresent()) {
        tokens.add(new Token(next.get(), false, Integer.parseInt(word)));
        at += next.get().length();
      } else {
        tokens.add(new Token(word, true, -1));
      }
    }
    return tokens;
  }

  /** Passes blanks and comments. */
  private int skipped() {
    while (at < script.length() && " \t\r".indexOf(script.charAt(at)) >= 0) {
      at++;
    }
    if (at < script.length() && script.charAt(at) == '#') {
      int end = script.indexOf('\n', at);
      at = end < 0 ? script.length() : end;
    }
    return at;
  }

  private Optional<String> sign() {
    return SIGNS.stream().filter(sign -> script.startsWith(sign, at)).findFirst();
  }

  private String word() {
    int begin = at;
    while (at < script.length() && " \t\r".indexOf(script.charAt(at)) < 0 && sign().isEmpty()) {
      at = Quoting.end(script, at);
    }
    return script.substring(begin, at);
  }
}
