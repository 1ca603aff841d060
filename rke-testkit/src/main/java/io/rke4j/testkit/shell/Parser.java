package io.rke4j.testkit.shell;

import io.rke4j.testkit.shell.Command.Assignment;
import io.rke4j.testkit.shell.Command.Redirection;
import io.rke4j.testkit.shell.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a script: commands with their redirections, pipes, lists, {@code for} and {@code if}. */
final class Parser {

  private static final Set<String> ENDS = Set.of("do", "done", "then", "elif", "else", "fi");
  private static final Set<String> UNKNOWN =
      Set.of("while", "until", "case", "function", "{", "}", "select");
  private static final Token END = new Token("", false, -1);

  private final List<Token> tokens;
  private int at;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads it.
   *
   * @throws ScriptException if it has something that is not known here
   */
  static Command parse(String script) {
    Parser parser = new Parser(new Lexer(script).tokens());
    Command command = parser.list();
    if (parser.at < parser.tokens.size()) {
      throw new ScriptException("the script cannot be read from " + parser.next().text());
    }
    return command;
  }

  private Token next() {
    return at < tokens.size() ? tokens.get(at) : END;
  }

  private boolean takes(String sign) {
    boolean found = next().is(sign);
    at += found ? 1 : 0;
    return found;
  }

  private boolean takesWord(String word) {
    boolean found = next().isWord(word);
    at += found ? 1 : 0;
    return found;
  }

  private void require(String word) {
    if (!takesWord(word)) {
      throw new ScriptException(word + " was expected, not " + next().text());
    }
  }

  private Command list() {
    List<Command> commands = new ArrayList<>();
    skipEnds();
    while (at < tokens.size() && !(next().isWord() && ENDS.contains(next().text()))) {
      Command command = conditional();
      commands.add(takes("&") ? new Command.Background(command) : command);
      skipEnds();
    }
    return new Command.Sequence(commands);
  }

  private void skipEnds() {
    while (takes(";") || takes("\n")) {}
  }

  private Command conditional() {
    Command command = pipeline();
    while (next().is("&&") || next().is("||")) {
      boolean ifGood = next().is("&&");
      at++;
      while (takes("\n")) {}
      command = new Command.Conditional(command, ifGood, pipeline());
    }
    return command;
  }

  private Command pipeline() {
    if (takesWord("!")) {
      return new Command.Not(pipeline());
    }
    List<Command> parts = new ArrayList<>(List.of(command()));
    while (takes("|")) {
      parts.add(command());
    }
    return parts.size() == 1 ? parts.get(0) : new Command.Pipeline(parts);
  }

  private Command command() {
    if (takesWord("for")) {
      return loop();
    }
    return takesWord("if") ? choice() : simple();
  }

  private Command loop() {
    String variable = word();
    require("in");
    List<String> words = new ArrayList<>();
    while (next().isWord()) {
      words.add(word());
    }
    skipEnds();
    require("do");
    Command body = list();
    require("done");
    return new Command.Loop(variable, words, body);
  }

  private Command choice() {
    Command condition = list();
    require("then");
    Command then = list();
    Command otherwise = new Command.Sequence(List.of());
    if (takesWord("elif")) {
      return new Command.Choice(condition, then, choice());
    }
    if (takesWord("else")) {
      otherwise = list();
    }
    require("fi");
    return new Command.Choice(condition, then, otherwise);
  }

  private String word() {
    if (!next().isWord()) {
      throw new ScriptException("a word was expected, not " + next().text());
    }
    return tokens.get(at++).text();
  }

  private Command simple() {
    List<Assignment> assignments = new ArrayList<>();
    List<String> words = new ArrayList<>();
    List<Redirection> redirections = new ArrayList<>();
    while (next().isWord()
        || next().is(">")
        || next().is(">>")
        || next().is("<")
        || next().is(">&")) {
      if (!next().isWord()) {
        redirections.add(redirection());
      } else if (words.isEmpty() && next().text().matches("(?s)[A-Za-z_]\\w*=.*")) {
        String[] parts = word().split("=", 2);
        assignments.add(new Assignment(parts[0], parts[1]));
      } else {
        words.add(word());
      }
    }
    boolean nothing = words.isEmpty() && assignments.isEmpty() && redirections.isEmpty();
    if (nothing || (!words.isEmpty() && UNKNOWN.contains(words.get(0)))) {
      throw new ScriptException("the script cannot be read from " + next().text());
    }
    return new Command.Simple(assignments, words, redirections);
  }

  private Redirection redirection() {
    Token sign = tokens.get(at++);
    int usual = sign.is("<") ? 0 : 1;
    return new Redirection(sign.stream() < 0 ? usual : sign.stream(), sign.text(), word());
  }
}
