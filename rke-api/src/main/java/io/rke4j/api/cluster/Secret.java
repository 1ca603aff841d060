package io.rke4j.api.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text that must not be printed: a private key, a token, a kubeconfig. It prints as {@code
 * Secret[***]} and compares in constant time.
 */
public final class Secret {

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Wraps a text. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The text itself. Whoever calls this is responsible for where it goes. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    // A hash of the text would leak it to whoever can print the hash.
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return "Secret[***]";
  }
}
