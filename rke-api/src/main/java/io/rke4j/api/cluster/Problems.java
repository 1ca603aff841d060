package io.rke4j.api.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects mistakes, so that the user hears of all of them at once. */
final class Problems {

  private final List<SpecProblem> found = new ArrayList<>();

  void add(String path, String problem, String hint) {
    found.add(new SpecProblem(path, problem, hint));
  }

  /** Makes a value, or notes why it cannot be made and returns the fallback. */
  <T> T value(String path, T fallback, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      add(path, e.getMessage() == null ? "is not valid" : e.getMessage(), "");
      return fallback;
    }
  }

  List<SpecProblem> found() {
    return List.copyOf(found);
  }
}
