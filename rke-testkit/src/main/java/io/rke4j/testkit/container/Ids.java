package io.rke4j.testkit.container;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Identifiers of 64 hexadecimal digits. */
public final class Ids {

  private Ids() {}

  /** One that nobody has. */
  public static String fresh() {
    return of(UUID.randomUUID().toString());
  }

  /** The one that belongs to a text. */
  public static String of(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The first digits, as people see them. */
  public static String shortened(String id) {
    return id.substring(0, 12);
  }
}
