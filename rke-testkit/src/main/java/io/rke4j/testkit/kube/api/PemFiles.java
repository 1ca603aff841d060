package io.rke4j.testkit.kube.api;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys in PEM. */
final class PemFiles {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ((?:RSA )?PRIVATE KEY)-----(.*?)-----END", Pattern.DOTALL);

  // INTEGER 0, then SEQUENCE { OID 1.2.840.113549.1.1.1 (rsaEncryption), NULL }: what PKCS#8 puts
  // before the OCTET STRING with an RSA key of PKCS#1.
  private static final byte[] RSA_HEAD = Base64.getDecoder().decode("AgEAMA0GCSqGSIb3DQEBAQUA");

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;

  private PemFiles() {}

  static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
    var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  static PrivateKey key(String pem) throws GeneralSecurityException {
    Matcher matcher = KEY.matcher(pem);
    if (!matcher.find()) {
      throw new InvalidKeySpecException("no private key of PKCS#8 or PKCS#1 in PEM");
    }
    byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
    if (matcher.group(1).startsWith("RSA")) {
      return rsa(wrapped(der));
    }
    try {
      return rsa(der);
    } catch (InvalidKeySpecException e) {
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    }
  }

  private static PrivateKey rsa(byte[] der) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private static byte[] wrapped(byte[] key) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(RSA_HEAD);
    inner.writeBytes(element(OCTET_STRING, key));
    return element(SEQUENCE, inner.toByteArray());
  }

  /** An element of DER with its length in two bytes, as it is for keys of any useful size. */
  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    out.write(0x82);
    out.write(content.length >> 8);
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }
}
