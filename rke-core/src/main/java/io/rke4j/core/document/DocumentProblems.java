package io.rke4j.core.document;

import io.rke4j.api.cluster.SpecProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with one configuration file. */
final class DocumentProblems {

  private final String path;
  private final List<SpecProblem> found = new ArrayList<>();

  DocumentProblems(String path) {
    this.path = path;
  }

  /** Notes a problem at a field, or with the whole file if the field's name is empty. */
  void add(String field, String problem, String hint) {
    found.add(new SpecProblem(field.isEmpty() ? path : path + "." + field, problem, hint));
  }

  /** The fields of the text, if it is an object of that kind in one of these versions. */
  Map<String, Object> object(String text, String kind, String... versions) {
    Map<String, Object> fields = YamlDocument.read(text).orElse(Map.of());
    if (fields.isEmpty()) {
      add("", "is not a YAML map", "");
      return fields;
    }
    if (!kind.equals(fields.get("kind"))) {
      add("kind", "must be " + kind, "");
    }
    if (!List.of(versions).contains(String.valueOf(fields.get("apiVersion")))) {
      add("apiVersion", "must be " + String.join(" or ", versions), "");
    }
    return fields;
  }

  List<SpecProblem> found() {
    return List.copyOf(found);
  }
}
