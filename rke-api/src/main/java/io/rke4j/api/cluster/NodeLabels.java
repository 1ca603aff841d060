package io.rke4j.api.cluster;

import java.util.regex.Pattern;

/** Kubernetes' rules for label keys and values. */
final class NodeLabels {

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private NodeLabels() {}

  static void check(String path, String key, String value, Problems problems) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    if (!NAME.matcher(name).matches()) {
      problems.add(path, "'" + key + "' is not a label key", "");
    }
    if (!value.isEmpty() && !NAME.matcher(value).matches()) {
      problems.add(path + "." + key, "'" + value + "' is not a label value", "");
    }
  }
}
