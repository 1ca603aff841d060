package io.rke4j.testkit.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/** Keys for hosts and their users: on curve P-256, which takes no time to make. */
public final class SshKeys {

  private SshKeys() {}

  /** A new key. */
  public static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no elliptic curves", e);
    }
  }

  /** A private key as {@code ssh-keygen} writes it, without a passphrase. */
  public static String pem(KeyPair key) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "simulated", null, text);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("a key that was just made can be written", e);
    }
    return text.toString(StandardCharsets.US_ASCII);
  }

  /** The fingerprint as OpenSSH shows it: {@code SHA256:…}. */
  public static String fingerprint(PublicKey key) {
    return KeyUtils.getFingerPrint(key);
  }

  /** A public key as OpenSSH's files hold it: {@code ecdsa-sha2-nistp256 AAAA…}. */
  public static String line(PublicKey key) {
    return PublicKeyEntry.toString(key);
  }
}
