package io.rke4j.api.cluster;

import java.util.regex.Pattern;

/** Kubernetes' rules for the names of priority classes. */
final class PriorityClasses {

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private PriorityClasses() {}

  /** Returns the name, and notes if it cannot be one. */
  static String check(String path, String name, Problems problems) {
    if (name.length() > 253 || !NAME.matcher(name).matches()) {
      problems.add(path, "'" + name + "' is not the name of a priority class", "");
    }
    return name;
  }
}
