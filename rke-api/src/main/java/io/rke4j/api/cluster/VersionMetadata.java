package io.rke4j.api.cluster;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where RKE's metadata are: a JSON file that names, for many Kubernetes versions, images, flags and
 * Docker Engine versions. RKE has it built in and reads another one from {@code
 * RANCHER_METADATA_URL}. Every version in it can be provisioned, beside those that the library
 * brings along; where both know a version, the metadata count.
 */
public sealed interface VersionMetadata {

  /**
   * Metadata in a file.
   *
   * @param file the file, 64 MiB at most
   */
  record InFile(Path file) implements VersionMetadata {}

  /**
   * Metadata on a web server.
   *
   * @param address an {@code https} address, or an {@code http} address of this machine
   * @param cache a folder that keeps what was fetched, so that it is fetched again only if it has
   *     changed, and is there if the server is not
   */
  record AtUrl(URI address, Path cache) implements VersionMetadata {

    /** Checks the address. */
    public AtUrl {
      String scheme = String.valueOf(address.getScheme());
      boolean isHere = String.valueOf(address.getHost()).matches("127\\.0\\.0\\.1|localhost");
      if (!scheme.equals("https") && !(scheme.equals("http") && isHere)) {
        // Not the address itself: it may have a password in it.
        throw new IllegalArgumentException(
            "metadata name the images that run as root, so their address must be an https one");
      }
    }
  }

  /** Metadata in a file. */
  static VersionMetadata file(Path file) {
    return new InFile(file);
  }

  /**
   * Metadata on a web server, fetched within 30 seconds, with its certificate verified.
   *
   * @param address an {@code https} address
   * @param cache a folder for what was fetched; made if it is not there
   * @throws IllegalArgumentException if the address is another one
   */
  static VersionMetadata url(URI address, Path cache) {
    return new AtUrl(address, cache);
  }
}
