package io.rke4j.api.cluster;

import java.util.regex.Pattern;

/** Kubernetes' rules for the keys and values of labels and taints. */
final class NodeLabels {

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private NodeLabels() {}

  static void check(String path, String key, String value, Problems problems) {
    if (!isKey(key)) {
      problems.add(path, "'" + key + "' is not a key", "write name or domain/name");
    }
    if (!isValue(value)) {
      problems.add(
          path,
          "'" + value + "' is not a value",
          "use letters, digits, '-', '_' and '.', up to 63");
    }
  }

  private static boolean isKey(String key) {
    int slash = key.indexOf('/');
    String domain = slash < 0 ? "unprefixed" : key.substring(0, slash);
    return domain.length() <= 253
        && DOMAIN.matcher(domain).matches()
        && NAME.matcher(key.substring(slash + 1)).matches();
  }

  private static boolean isValue(String value) {
    return value.isEmpty() || NAME.matcher(value).matches();
  }
}
