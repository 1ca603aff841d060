package io.rke4j.core.kube;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of an API server.
 *
 * @param text for example {@code v1.20.15}
 */
public record ServerVersion(String text) {

  private static final Pattern MINOR = Pattern.compile("v1\\.(\\d+).*");

  static ServerVersion read(KubeClient client) {
    return new ServerVersion(client.read("/version").path("gitVersion").asText());
  }

  /**
   * Whether it is older than a minor version of Kubernetes 1. What bears no such number is newer
   * than all.
   */
  public boolean isBefore(int minor) {
    Matcher version = MINOR.matcher(text);
    return version.matches() && Integer.parseInt(version.group(1)) < minor;
  }
}
