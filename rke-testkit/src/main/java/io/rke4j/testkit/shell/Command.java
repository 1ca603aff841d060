package io.rke4j.testkit.shell;

import java.util.List;

/** What a script is made of. */
sealed interface Command {

  /** A program with its arguments, or only assignments; words are as they were written. */
  record Simple(List<Assignment> assignments, List<String> words, List<Redirection> redirections)
      implements Command {}

  /** The output of each is the input of the next. */
  record Pipeline(List<Command> parts) implements Command {}

  /** The second is run if the first ended well, or if it did not. */
  record Conditional(Command first, boolean ifGood, Command second) implements Command {}

  /** One after the other. */
  record Sequence(List<Command> parts) implements Command {}

  /** Goes on by itself. */
  record Background(Command command) implements Command {}

  /** Once for each word. */
  record Loop(String variable, List<String> words, Command body) implements Command {}

  /** One of two. */
  record Choice(Command condition, Command then, Command otherwise) implements Command {}

  /** The contrary of how another one ends. */
  record Not(Command command) implements Command {}

  /** {@code NAME=value}. */
  record Assignment(String name, String value) {}

  /**
   * Where a stream goes to, or comes from.
   *
   * @param stream 0, 1 or 2
   * @param how {@code >}, {@code >>}, {@code <}, or {@code >&}
   * @param target a path, or the number of another stream
   */
  record Redirection(int stream, String how, String target) {}
}
