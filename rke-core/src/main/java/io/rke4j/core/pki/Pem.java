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
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.ECPoint;
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

  /** How many certificates a text holds. */
  static int certificatesIn(String pem) {
    return pem.split("-----BEGIN (X509 |TRUSTED )?CERTIFICATE-----", -1).length - 1;
  }

  /** A key in the form in which RKE would write it; others than RSA keys in PKCS#8. */
  static Secret key(PrivateKey key) throws IOException {
    return key.getAlgorithm().equals("RSA")
        ? rsaKey(key)
        : Secret.of(write("PRIVATE KEY", key.getEncoded()));
  }

  /** A request to sign a certificate, in PKCS#10. */
  static String request(byte[] der) {
    return write("CERTIFICATE REQUEST", der);
  }

  /**
   * A private key and the public key that belongs to it.
   *
   * @throws GeneralSecurityException if the text holds no such key; it never quotes the text
   */
  static KeyPair readKey(Secret pem) throws GeneralSecurityException {
    if (pem.reveal().contains("ENCRYPTED")) {
      throw new GeneralSecurityException("the private key has a passphrase");
    }
    Object read = parse(pem);
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    try {
      if (read instanceof PEMKeyPair pair) {
        return converter.getKeyPair(pair);
      }
      if (read instanceof PrivateKeyInfo info) {
        PrivateKey key = converter.getPrivateKey(info);
        if (key instanceof RSAPrivateCrtKey rsa) {
          RSAPublicKeySpec spec = new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent());
          return new KeyPair(KeyFactory.getInstance("RSA").generatePublic(spec), rsa);
        }
        if (PrivateKeyFactory.createKey(info) instanceof ECPrivateKeyParameters ec) {
          return new KeyPair(converter.getPublicKey(publicPart(ec)), key);
        }
      }
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    }
    throw new GeneralSecurityException("the text holds no RSA or EC private key in PEM form");
  }

  private static SubjectPublicKeyInfo publicPart(ECPrivateKeyParameters key) throws IOException {
    ECPoint point = key.getParameters().getG().multiply(key.getD()).normalize();
    return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
        new ECPublicKeyParameters(point, key.getParameters()));
  }

  private static Object parse(Secret pem) throws GeneralSecurityException {
    try (PEMParser parser = new PEMParser(new StringReader(pem.reveal()))) {
      Object read = parser.readObject();
      while (read instanceof ASN1ObjectIdentifier) {
        // openssl writes the name of an elliptic curve before the key.
        read = parser.readObject();
      }
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
