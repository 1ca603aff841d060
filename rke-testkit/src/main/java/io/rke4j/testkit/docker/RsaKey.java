package io.rke4j.testkit.docker;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/**
 * A key for SSH, as OpenSSH reads it.
 *
 * @param privatePem the private half, PKCS #8 in PEM
 * @param publicLine the public half, as {@code type base64}
 */
record RsaKey(String privatePem, String publicLine) {

  private static final String TYPE = "ssh-rsa";
  private static final int BITS = 3072;

  static RsaKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      KeyPair pair = generator.generateKeyPair();
      return new RsaKey(
          pem(pair.getPrivate().getEncoded()), publicLine((RSAPublicKey) pair.getPublic()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  private static String pem(byte[] encoded) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
  }

  /** The wire format of RFC 4253, section 6.6. */
  private static String publicLine(RSAPublicKey key) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream blob = new DataOutputStream(bytes)) {
      write(blob, TYPE.getBytes(StandardCharsets.US_ASCII));
      write(blob, key.getPublicExponent().toByteArray());
      write(blob, key.getModulus().toByteArray());
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return TYPE + " " + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static void write(DataOutputStream blob, byte[] value) throws IOException {
    blob.writeInt(value.length);
    blob.write(value);
  }

  /** Hides the private half. */
  @Override
  public String toString() {
    return publicLine;
  }
}
