package io.rke4j.spi.runtime;

import io.rke4j.api.cluster.Secret;

/**
 * A file, folder or symbolic link on a host. The content may be a key, so it is a {@link Secret}.
 *
 * @param path absolute path
 * @param kind what it is
 * @param mode permission bits, for example {@code 0600}
 * @param content text of a file, target of a link; empty for a folder
 */
public record HostFile(String path, Kind kind, int mode, Secret content) {

  /** What lies at a path. */
  public enum Kind {
    /** Text. */
    FILE,
    /** A folder. */
    FOLDER,
    /** A symbolic link. */
    LINK
  }

  /** Checks that the path is absolute. */
  public HostFile {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("'" + path + "' is not an absolute path");
    }
  }

  /** A file. */
  public static HostFile file(String path, int mode, Secret content) {
    return new HostFile(path, Kind.FILE, mode, content);
  }

  /** A folder. */
  public static HostFile folder(String path, int mode) {
    return new HostFile(path, Kind.FOLDER, mode, Secret.of(""));
  }

  /** A symbolic link. */
  public static HostFile link(String path, String target) {
    return new HostFile(path, Kind.LINK, 0777, Secret.of(target));
  }
}
