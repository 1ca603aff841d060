package io.rke4j.testkit.kube.resource;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of Kubernetes.
 *
 * @param version as the server says it, for example {@code v1.20.15}
 * @param minor the second number of it
 */
public record Release(String version, int minor) {

  private static final Pattern FORM = Pattern.compile("v1\\.(\\d{1,3})\\.\\d+.*");

  /**
   * Reads a version.
   *
   * @param version for example {@code v1.20.15} or {@code v1.20.15-rancher1-1}; what follows the
   *     third number is dropped, since the server of that distribution does not say it
   * @throws IllegalArgumentException if it has another form
   */
  public static Release of(String version) {
    Matcher matcher = FORM.matcher(version);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + version + "' is no version of Kubernetes; one is v1.20.15, for example");
    }
    return new Release(version.replaceAll("-rancher.*", ""), Integer.parseInt(matcher.group(1)));
  }

  /** Whether this is 1.minor or newer. */
  public boolean isAtLeast(int minor) {
    return this.minor >= minor;
  }
}
