package io.rke4j.api.cluster;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a node in Kubernetes: an RFC 1123 subdomain of at most 63 characters, since the
 * kubelet makes a label of it, and cannot register a node whose label is longer. RKE lower-cases
 * it, and so does {@link #of(String)}.
 *
 * @param value the name
 */
public record NodeName(String value) implements Comparable<NodeName> {

  private static final int LONGEST = 63;

  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  /** Checks the form. */
  public NodeName {
    if (value.length() > LONGEST) {
      throw new IllegalArgumentException(
          "'"
              + value
              + "' has more than "
              + LONGEST
              + " characters, which a label may have at most");
    }
    if (!SUBDOMAIN.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'" + value + "' is not a lower-case RFC 1123 subdomain (letters, digits, '-' and '.')");
    }
  }

  /** The lower-cased name. */
  public static NodeName of(String name) {
    return new NodeName(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public int compareTo(NodeName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
