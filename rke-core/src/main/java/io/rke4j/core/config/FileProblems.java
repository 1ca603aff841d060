package io.rke4j.core.config;

import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.SpecProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with one file, and tells it in the order of its lines. */
final class FileProblems {

  private final String file;
  private final Lines lines;
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> explained = new HashSet<>();

  FileProblems(String file, Lines lines) {
    this.file = file;
    this.lines = lines;
  }

  private record Entry(int line, String path, String problem, String hint) {}

  /** Notes a problem at the line of its path. */
  void add(String path, String problem, String hint) {
    add(lines.of(path), path, problem, hint);
  }

  /** Notes a problem at a line of its own. */
  void add(int line, String path, String problem, String hint) {
    entries.add(new Entry(line, path, problem, hint));
  }

  /** Notes what users should know of what is taken. */
  void note(String path, String problem, String hint) {
    note(lines.of(path), path, problem, hint);
  }

  /** The same at a line of its own. */
  void note(int line, String path, String problem, String hint) {
    notes.add(problem(file, line, path, problem, hint).toString());
  }

  /** What is no problem, but what users should know. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** Says why nothing could be read at a path, so that nobody complains that it is missing. */
  void explain(String path) {
    explained.add(path);
  }

  /** Whether it is known why nothing could be read at a path or at what holds it. */
  boolean explains(String path) {
    for (int end = path.length(); end > 0; end = Lines.cut(path, end)) {
      if (explained.contains(path.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  /** Whether something at such a path could not be read. */
  boolean explainsAny(String pattern) {
    return explained.stream().anyMatch(path -> path.matches(pattern));
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  boolean isAt(String path) {
    return entries.stream().anyMatch(entry -> entry.path().equals(path));
  }

  InvalidSpecException exception() {
    List<SpecProblem> problems =
        entries.stream()
            .sorted(Comparator.comparingInt(Entry::line))
            .map(entry -> problem(file, entry.line(), entry.path(), entry.problem(), entry.hint()))
            .distinct()
            .toList();
    return new InvalidSpecException(file, problems);
  }

  /**
   * A problem as the user sees it.
   *
   * @param line 0 if the whole file is meant
   * @param path empty if the line says it all
   */
  static SpecProblem problem(String file, int line, String path, String problem, String hint) {
    String place = line > 0 ? file + " line " + line : file;
    return new SpecProblem(path.isEmpty() ? place : place + ", " + path, problem, hint);
  }
}
