package io.rke4j.examples.lab;

import io.rke4j.examples.cli.Main;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line, in a process of its own. */
final class CommandLine {

  private CommandLine() {}

  /** The words that start it. */
  static List<String> words(String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    words.add(Main.class.getName());
    words.addAll(List.of(arguments));
    return words;
  }
}
