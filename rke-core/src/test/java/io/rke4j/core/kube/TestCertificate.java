package io.rke4j.core.kube;

import io.rke4j.api.cluster.Secret;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A server certificate that signs itself. */
public record TestCertificate(KeyPair keys, X509Certificate certificate) {

  public static TestCertificate forLoopback() {
    return forLoopback(Instant.now().plus(Duration.ofHours(1)));
  }

  public static TestCertificate forLoopback(Instant end) {
    KeyPair keys = pair("EC", 256);
    return of(keys, end, keys);
  }

  /** One that this one has signed, with a key as administrators have. */
  TestCertificate signs(Instant end) {
    return of(pair("RSA", 2048), end, keys);
  }

  private static KeyPair pair(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TestCertificate of(KeyPair keys, Instant end, KeyPair signer) {
    try {
      X500Name name = new X500Name("CN=stub");
      var builder =
          new JcaX509v3CertificateBuilder(
                  name,
                  BigInteger.valueOf(end.toEpochMilli()),
                  Date.from(end.minus(Duration.ofHours(2))),
                  Date.from(end),
                  name,
                  keys.getPublic())
              .addExtension(
                  Extension.subjectAlternativeName,
                  false,
                  new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
      var signature = new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate());
      return new TestCertificate(
          keys, new JcaX509CertificateConverter().getCertificate(builder.build(signature)));
    } catch (GeneralSecurityException | OperatorCreationException | java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public SSLContext context() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "stub", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  String base64() {
    return Base64.getEncoder()
        .encodeToString(pem().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  String pem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Secret key() {
    return Secret.of(pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
  }

  private static String pem(String kind, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
  }
}
