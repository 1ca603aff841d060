package io.rke4j.spi.runtime;

import io.rke4j.api.cluster.Secret;

/**
 * A file, folder or symbolic link on a host. The content may be a key, so it is a {@link Secret}.
 *
 * @param path absolute path
 * @param kind what it is
 * @param mode permission bits, for example {@code 0600}
 * @param content text of a file, target of a link; empty for a folder
 * @param owner whose it is
 */
public record HostFile(String path, Kind kind, int mode, Secret content, Owner owner) {

  /**
   * Whose it is.
   *
   * @param uid the user
   * @param gid the group
   */
  public record Owner(int uid, int gid) {

    /** The host's administrator. */
    public static final Owner ROOT = new Owner(0, 0);
  }

  /** What lies at a path. */
  public enum Kind {
    /** Text. */
    FILE,
    /** A folder of root's. */
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

  /** A file of root's. */
  public static HostFile file(String path, int mode, Secret content) {
    return new HostFile(path, Kind.FILE, mode, content, Owner.ROOT);
  }

  /** A folder. */
  public static HostFile folder(String path, int mode) {
    return new HostFile(path, Kind.FOLDER, mode, Secret.of(""), Owner.ROOT);
  }

  /** A symbolic link of root's. */
  public static HostFile link(String path, String target) {
    return new HostFile(path, Kind.LINK, 0777, Secret.of(target), Owner.ROOT);
  }

  /** The same, but somebody else's. */
  public HostFile ownedBy(Owner another) {
    return new HostFile(path, kind, mode, content, another);
  }

  /** The same with other permission bits. */
  public HostFile withMode(int bits) {
    return new HostFile(path, kind, bits, content, owner);
  }
}
