package io.rke4j.core.catalogue;

import com.fasterxml.jackson.core.JacksonException;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.SpecProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what is wrong with RKE's metadata, each with its place as a JSON path. */
final class MetadataProblems {

  /** A file of another kind would give a problem for each of its thousands of entries. */
  private static final int MOST = 50;

  private final String subject;
  private final List<SpecProblem> found = new ArrayList<>();
  private int left;

  MetadataProblems(String subject) {
    this.subject = subject;
  }

  void add(String path, String problem, String hint) {
    if (found.size() < MOST) {
      found.add(new SpecProblem(path, problem, hint));
    } else {
      left++;
    }
  }

  /** Adds a problem unless it was added before. */
  void once(String path, String problem, String hint) {
    if (!found.contains(new SpecProblem(path, problem, hint))) {
      add(path, problem, hint);
    }
  }

  <T> Optional<T> value(String path, Supplier<T> value) {
    try {
      return Optional.of(value.get());
    } catch (IllegalArgumentException e) {
      add(path, String.valueOf(e.getMessage()), "");
      return Optional.empty();
    }
  }

  void throwIfAny() {
    if (left > 0) {
      found.add(new SpecProblem("$", "has " + left + " more problems", ""));
    }
    if (!found.isEmpty()) {
      throw new InvalidSpecException(subject, found);
    }
  }

  static String child(String path, String name) {
    return name.matches("\\w+") ? path + "." + name : path + "['" + name + "']";
  }

  static String where(JacksonException e) {
    return e.getLocation() == null
        ? ""
        : "see line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }
}
