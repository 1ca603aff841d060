package io.rke4j.core.render;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names the content of a file in a container's environment, so that a changed file makes a new
 * container. The digest is the one RKE uses, and no protection.
 */
final class Checksum {

  private Checksum() {}

  static String of(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no MD5, which RKE's checksums need", e);
    }
  }
}
