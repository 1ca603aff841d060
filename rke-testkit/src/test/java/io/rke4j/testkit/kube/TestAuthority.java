package io.rke4j.testkit.kube;

import io.rke4j.testkit.kube.api.ServingCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates for servers on loopback and for clients. */
final class TestAuthority {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Certified own;

  /** A certificate with its key. */
  record Certified(KeyPair keys, X509Certificate certificate) {

    String certificatePem() {
      try {
        return pem("CERTIFICATE", certificate.getEncoded());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    /** In PKCS#1, as RKE writes keys. */
    String keyPem() {
      try {
        byte[] key =
            PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
        return pem("RSA PRIVATE KEY", key);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  TestAuthority() {
    own = certify("CN=kube-ca", Optional.empty(), false);
  }

  String pem() {
    return own.certificatePem();
  }

  ServingCertificate serving() {
    Certified server = certify("CN=kube-apiserver", Optional.of(own), true);
    return new ServingCertificate(server.certificatePem(), server.keyPem(), pem());
  }

  Certified client(String user, String group) {
    return certify("O=" + group + ",CN=" + user, Optional.of(own), false);
  }

  X509Certificate certificate() {
    return own.certificate();
  }

  private static Certified certify(String name, Optional<Certified> issuer, boolean isServer) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair keys = generator.generateKeyPair();
      X500Name issuerName =
          new X500Name(
              issuer
                  .map(one -> one.certificate().getSubjectX500Principal().getName())
                  .orElse(name));
      Instant now = Instant.now();
      var builder =
          new JcaX509v3CertificateBuilder(
                  issuerName,
                  new BigInteger(64, RANDOM),
                  Date.from(now.minus(Duration.ofHours(1))),
                  Date.from(now.plus(Duration.ofHours(1))),
                  new X500Name(name),
                  keys.getPublic())
              .addExtension(
                  Extension.basicConstraints, true, new BasicConstraints(issuer.isEmpty()));
      if (isServer) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
      }
      KeyPair signing = issuer.map(Certified::keys).orElse(keys);
      var signer = new JcaContentSignerBuilder("SHA256withRSA").build(signing.getPrivate());
      return new Certified(
          keys, new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            what,
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der),
            what);
  }
}
