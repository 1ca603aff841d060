package io.rke4j.testkit.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What a shell finds where it runs. */
public interface Programs {

  /**
   * Runs a program.
   *
   * @param words its name and its arguments
   * @return its exit code; empty if there is no such program
   */
  OptionalInt run(List<String> words, Streams streams);

  /** Variables that are there from the beginning. */
  Map<String, String> variables();

  /** The text of a file; empty if there is none. */
  Optional<String> read(String path);

  /** Writes a file anew. */
  void write(String path, String text);

  /** Works on a thread of its own. */
  void execute(Runnable work);
}
