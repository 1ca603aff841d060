package io.rke4j.testkit.behaviour;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The server's side of TLS, from files as components read them. */
final class Tls {

  private static final char[] NO_PASSWORD = new char[0];
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ((RSA |EC )?PRIVATE KEY)-----([^-]+)-----END");
  private static final byte[] RSA_IN_PKCS8 = {
    0x02,
    0x01,
    0x00,
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };

  /** Nobody verifies them, so one for each name of a component will do. */
  private static final Map<String, SSLContext> SELF_SIGNED = new ConcurrentHashMap<>();

  private Tls() {}

  /**
   * A server that shows this certificate, and takes those that the authority has signed.
   *
   * @param authority PEM; empty if no certificate is asked for
   */
  static SSLContext server(String certificate, String key, String authority)
      throws GeneralSecurityException, IOException {
    List<Certificate> chain = certificates(certificate);
    return context(
        privateKey(key), chain, authority.isEmpty() ? List.of() : certificates(authority));
  }

  /** A server that shows a certificate that it has just made for itself. */
  static SSLContext selfSigned(String name) {
    return SELF_SIGNED.computeIfAbsent(name, Tls::makeSelfSigned);
  }

  private static SSLContext makeSelfSigned(String name) {
    try {
      SelfSigned made = SelfSigned.make(name);
      return context(made.key(), List.of(made.certificate()), List.of());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("no certificate could be made", e);
    }
  }

  private static SSLContext context(
      PrivateKey key, List<Certificate> chain, List<Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore own = empty();
    own.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, NO_PASSWORD);
    TrustManager[] trusted = new TrustManager[0];
    if (!authorities.isEmpty()) {
      KeyStore trust = empty();
      for (int index = 0; index < authorities.size(); index++) {
        trust.setCertificateEntry("authority-" + index, authorities.get(index));
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(trust);
      trusted = factory.getTrustManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusted, null);
    return context;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    // It never leaves memory; the newer kind encrypts keys with ten thousand rounds of hashing.
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    return store;
  }

  private static List<Certificate> certificates(String pem) throws GeneralSecurityException {
    return List.copyOf(
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
  }

  private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    Matcher key = KEY.matcher(pem);
    if (!key.find()) {
      throw new GeneralSecurityException("the file holds no private key in PEM form");
    }
    byte[] der = Base64.getMimeDecoder().decode(key.group(3));
    if (key.group(1).equals("RSA PRIVATE KEY")) {
      ByteArrayOutputStream inner = new ByteArrayOutputStream();
      inner.writeBytes(RSA_IN_PKCS8);
      inner.writeBytes(Der.tagged(0x04, der));
      return KeyFactory.getInstance("RSA")
          .generatePrivate(new PKCS8EncodedKeySpec(Der.tagged(0x30, inner.toByteArray())));
    }
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    }
  }
}
