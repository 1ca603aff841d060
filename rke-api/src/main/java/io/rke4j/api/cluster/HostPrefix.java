package io.rke4j.api.cluster;

import java.util.regex.Pattern;

/**
 * The folder of a host below which a cluster keeps its files, for hosts whose root cannot be
 * written: RKE's {@code prefix_path}.
 *
 * @param path absolute, without a slash at its end; {@code /} for the root
 */
public record HostPrefix(String path) {

  /** The root; hosts whose operating system needs another folder get that one. */
  public static final HostPrefix ROOT = new HostPrefix("/");

  private static final Pattern FOLDER = Pattern.compile("(/[A-Za-z0-9._-]+)+");

  /**
   * Takes off slashes at the end.
   *
   * @throws IllegalArgumentException if it is no absolute path, or one that a mount cannot name
   */
  public HostPrefix {
    path = path.replaceFirst("(?<=.)/+$", "");
    boolean upwards = (path + "/").contains("/../") || (path + "/").contains("/./");
    if (!path.equals("/") && (upwards || !FOLDER.matcher(path).matches())) {
      throw new IllegalArgumentException(
          "'" + path + "' is not the absolute path of a folder, such as /opt/rke");
    }
  }

  /** Whether it is the root. */
  public boolean isRoot() {
    return path.equals("/");
  }

  /** Where a folder lies, for example {@code /opt/rke/etc/kubernetes}. */
  public String below(String folder) {
    return isRoot() ? folder : path + folder;
  }
}
