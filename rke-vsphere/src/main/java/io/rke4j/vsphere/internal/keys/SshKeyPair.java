package io.rke4j.vsphere.internal.keys;

import io.rke4j.api.cluster.Secret;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * A key in OpenSSH's own formats, on curve P-256: it takes no time to make, and servers in FIPS
 * mode take it, too. The private half is in the format of OpenSSH's {@code PROTOCOL.key}, without a
 * passphrase.
 *
 * @param privateKey the text of its file
 * @param publicKey {@code type base64}, without a comment
 */
public record SshKeyPair(Secret privateKey, String publicKey) {

  private static final String TYPE = "ecdsa-sha2-nistp256";
  private static final String CURVE = "nistp256";
  private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----\n";
  private static final String END = "-----END OPENSSH PRIVATE KEY-----\n";
  private static final String MAGIC = "openssh-key-v1\0";
  private static final int COORDINATE = 32;
  private static final int BLOCK = 8;

  /** A new key. */
  public static SshKeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return of(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no elliptic curves", e);
    }
  }

  private static SshKeyPair of(KeyPair key) {
    byte[] point = point((ECPublicKey) key.getPublic());
    byte[] publicPart = new SshBuffer().text(TYPE).text(CURVE).string(point).bytes();
    BigInteger number = ((ECPrivateKey) key.getPrivate()).getS();
    // Twice the same number: so a reader knows that it has decrypted the rest well.
    int check = new SecureRandom().nextInt();
    SshBuffer privatePart =
        new SshBuffer()
            .number(check)
            .number(check)
            .text(TYPE)
            .text(CURVE)
            .string(point)
            .string(number.toByteArray())
            .text("rke4j");
    byte[] file =
        new SshBuffer()
            .raw(MAGIC.getBytes(StandardCharsets.US_ASCII))
            .text("none")
            .text("none")
            .text("")
            .number(1)
            .string(publicPart)
            .string(privatePart.padded(BLOCK))
            .bytes();
    Base64.Encoder lines = Base64.getMimeEncoder(70, new byte[] {'\n'});
    return new SshKeyPair(
        Secret.of(BEGIN + lines.encodeToString(file) + "\n" + END), line(publicPart));
  }

  /**
   * Reads a file that {@link #generate} made.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static SshKeyPair parse(Secret text) {
    String pem = text.reveal();
    if (!pem.startsWith(BEGIN) || !pem.endsWith(END)) {
      throw new IllegalArgumentException("this is no private key of OpenSSH");
    }
    String body = pem.substring(BEGIN.length(), pem.length() - END.length());
    try {
      ByteBuffer file = ByteBuffer.wrap(Base64.getMimeDecoder().decode(body));
      file.position(MAGIC.length());
      for (int skipped = 0; skipped < 3; skipped++) {
        string(file);
      }
      file.getInt();
      return new SshKeyPair(text, line(string(file)));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // Without the cause, which may quote what it has read.
      throw new IllegalArgumentException("this is no private key of OpenSSH");
    }
  }

  private static byte[] string(ByteBuffer from) {
    int length = from.getInt();
    if (length < 0 || length > from.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] string = new byte[length];
    from.get(string);
    return string;
  }

  /** Uncompressed: both coordinates, each with all its leading zeros. */
  private static byte[] point(ECPublicKey key) {
    byte[] point = new byte[1 + 2 * COORDINATE];
    point[0] = 4;
    place(key.getW().getAffineX(), point, 1);
    place(key.getW().getAffineY(), point, 1 + COORDINATE);
    return point;
  }

  private static void place(BigInteger number, byte[] into, int at) {
    byte[] bytes = number.toByteArray();
    int surplus = Math.max(0, bytes.length - COORDINATE);
    int length = bytes.length - surplus;
    System.arraycopy(bytes, surplus, into, at + COORDINATE - length, length);
  }

  private static String line(byte[] publicPart) {
    return TYPE + " " + Base64.getEncoder().encodeToString(publicPart);
  }
}
