package io.rke4j.core.pki;

import io.rke4j.api.cluster.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Certificates and keys as text. Uses the JDK's own providers, so none has to be registered. */
final class Pem {

  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  static String certificate(X509Certificate certificate) throws GeneralSecurityException {
    return write("CERTIFICATE", certificate.getEncoded());
  }

  /** An RSA key in PKCS#1, the form in which RKE writes it. */
  static Secret rsaKey(PrivateKey key) throws IOException {
    byte[] der =
        PrivateKeyInfo.getInstance(key.getEncoded())
            .parsePrivateKey()
            .toASN1Primitive()
            .getEncoded();
    return Secret.of(write("RSA PRIVATE KEY", der));
  }

  /** The first certificate in a text. */
  static X509Certificate readCertificate(String pem) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * A private key and the public key that belongs to it.
   *
   * @throws GeneralSecurityException if the text holds no such key; it never quotes the text
   */
  static KeyPair readKey(Secret pem) throws GeneralSecurityException {
    Object read = parse(pem);
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    try {
      if (read instanceof PEMKeyPair pair) {
        return converter.getKeyPair(pair);
      }
      if (read instanceof PrivateKeyInfo info
          && converter.getPrivateKey(info) instanceof RSAPrivateCrtKey rsa) {
        RSAPublicKeySpec spec = new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent());
        return new KeyPair(KeyFactory.getInstance("RSA").generatePublic(spec), rsa);
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    throw new GeneralSecurityException("the text holds no RSA or EC private key in PEM form");
  }

  private static Object parse(Secret pem) throws GeneralSecurityException {
    try (PEMParser parser = new PEMParser(new StringReader(pem.reveal()))) {
      Object read = parser.readObject();
      return read == null ? "" : read;
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    }
  }

  // A parser may quote what it stumbled over, so only the kind of its exception is passed on.
  private static GeneralSecurityException unreadable(Exception e) {
    return new GeneralSecurityException(
        "the private key is damaged (" + e.getClass().getSimpleName() + ")");
  }

  private static String write(String type, byte[] der) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + LINES.encodeToString(der)
        + "\n-----END "
        + type
        + "-----\n";
  }
}
