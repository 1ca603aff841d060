package io.rke4j.api.cluster;

import java.net.URI;
import java.util.Locale;

/** Where Docker Engine comes from on a host that has none; one that is there is left as it is. */
public sealed interface DockerInstall {

  /** Nowhere: hosts have it already. */
  record None() implements DockerInstall {}

  /**
   * The package {@code docker.io} of Debian, Ubuntu and what is made of them.
   *
   * @param version what the package's version begins with, for example {@code 20.10}; empty for the
   *     one that the package manager prefers
   */
  record Distribution(String version) implements DockerInstall {
    /** Checks the version. */
    public Distribution {
      checkVersion(version);
    }
  }

  /**
   * A script that is run as root, such as that of {@code get.docker.com}. What is downloaded is run
   * only if it is the one that is meant.
   *
   * @param url where it is
   * @param sha256 its SHA-256 checksum in hexadecimal digits
   * @param version given to the script as environment variable {@code VERSION}; may be empty
   */
  record Script(URI url, String sha256, String version) implements DockerInstall {
    /** Checks address, checksum and version. */
    public Script {
      String scheme = String.valueOf(url.getScheme());
      if (!scheme.matches("https?") || url.getHost() == null) {
        throw new IllegalArgumentException("'" + url + "' is no address of the web");
      }
      sha256 = sha256.toLowerCase(Locale.ROOT);
      if (!sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException("'" + sha256 + "' is no SHA-256 checksum");
      }
      checkVersion(version);
    }
  }

  private static void checkVersion(String version) {
    if (!version.matches("([0-9][0-9A-Za-z.+~-]*)?")) {
      throw new IllegalArgumentException("'" + version + "' is no version, such as 20.10");
    }
  }
}
