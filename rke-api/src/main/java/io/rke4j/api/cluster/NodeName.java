package io.rke4j.api.cluster;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a node in Kubernetes: an RFC 1123 subdomain of at most 253 characters. RKE
 * lower-cases it, and so does {@link #of(String)}.
 *
 * @param value the name
 */
public record NodeName(String value) implements Comparable<NodeName> {

  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  /** Checks the form. */
  public NodeName {
    if (value.length() > 253 || !SUBDOMAIN.matcher(value).matches()) {
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
