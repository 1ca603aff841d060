package io.rke4j.api.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kubernetes version as RKE names it, for example {@code v1.20.15-rancher2-1}: the release of
 * Kubernetes, and which build of it.
 *
 * @param value the whole name
 */
public record KubernetesVersion(String value) implements Comparable<KubernetesVersion> {

  private static final Pattern FORM =
      Pattern.compile("v(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})(-[0-9A-Za-z.-]+)?");

  /** Checks the form. */
  public KubernetesVersion {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'" + value + "' is not a version such as v1.20.15-rancher2-1");
    }
  }

  /** The second number: 20 in {@code v1.20.15-rancher2-1}. */
  public int minor() {
    return number(2);
  }

  /** The third number: 15 in {@code v1.20.15-rancher2-1}. */
  public int patch() {
    return number(3);
  }

  /** Major and minor, for example {@code v1.20}. */
  public String line() {
    return "v" + number(1) + "." + number(2);
  }

  private int number(int group) {
    Matcher matcher = FORM.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalStateException(value);
    }
    return Integer.parseInt(matcher.group(group));
  }

  @Override
  public int compareTo(KubernetesVersion other) {
    for (int group = 1; group <= 3; group++) {
      int difference = Integer.compare(number(group), other.number(group));
      if (difference != 0) {
        return difference;
      }
    }
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
