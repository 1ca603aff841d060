package io.rke4j.core.pki;

import io.rke4j.core.pki.CertificateRequest.Usage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates with the key of one authority. */
final class CertificateAuthority {

  private static final Duration VALIDITY = Duration.ofDays(3650);

  // A host whose clock is a little behind would refuse a certificate that begins right now. Five
  // minutes is the skew that Kerberos made customary; more would only hide a broken clock.
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final X500Name name;
  private final KeyPair keys;
  private final byte[] keyIdentifier;
  private final Clock clock;

  private CertificateAuthority(X500Name name, KeyPair keys, byte[] keyIdentifier, Clock clock) {
    this.name = name;
    this.keys = keys;
    this.keyIdentifier = keyIdentifier;
    this.clock = clock;
  }

  /** An authority that has no certificate yet. */
  static CertificateAuthority named(CertificateRequest request, KeyPair keys, Clock clock)
      throws GeneralSecurityException {
    return new CertificateAuthority(
        name(request.subject()), keys, identifier(keys.getPublic()), clock);
  }

  /** An authority that has a certificate. */
  static CertificateAuthority of(X509Certificate certificate, KeyPair keys, Clock clock)
      throws GeneralSecurityException {
    // Go compares the encoded names of issuer and subject byte by byte, so the name is not
    // written anew; and whoever wrote the certificate may have computed the identifier otherwise.
    X500Name name = name(certificate.getSubjectX500Principal());
    byte[] extension = certificate.getExtensionValue(Extension.subjectKeyIdentifier.getId());
    byte[] identifier =
        extension == null
            ? identifier(keys.getPublic())
            : SubjectKeyIdentifier.getInstance(ASN1OctetString.getInstance(extension).getOctets())
                .getKeyIdentifier();
    return new CertificateAuthority(name, keys, identifier, clock);
  }

  /** When a certificate of ours was issued; those of RKE begin with their authority. */
  static Instant issued(X509Certificate certificate) {
    return certificate.getNotBefore().toInstant().plus(CLOCK_SKEW);
  }

  /** The authority's own certificate, new or renewed. */
  X509Certificate selfSigned() throws GeneralSecurityException, IOException {
    X509v3CertificateBuilder builder = builder(name, keys.getPublic());
    int usage = KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.keyCertSign;
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyIdentifier));
    return sign(builder);
  }

  /** A certificate for somebody else's key. */
  X509Certificate sign(CertificateRequest request, PublicKey key)
      throws GeneralSecurityException, IOException {
    X509v3CertificateBuilder builder = builder(name(request.subject()), key);
    Extensions asked = extensions(request);
    for (ASN1ObjectIdentifier kind : asked.getExtensionOIDs()) {
      builder.addExtension(asked.getExtension(kind));
    }
    // RKE writes no key identifiers; strict verifiers (Python 3.13 by default) insist on them.
    builder.addExtension(
        Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyIdentifier));
    return sign(builder);
  }

  /** What a certificate says beside whose it is: its purposes and names. */
  static Extensions extensions(CertificateRequest request) throws IOException {
    ExtensionsGenerator generator = new ExtensionsGenerator();
    int usage = KeyUsage.digitalSignature | KeyUsage.keyEncipherment;
    generator.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    generator.addExtension(Extension.extendedKeyUsage, false, purposes(request.usage()));
    if (!request.names().isEmpty()) {
      generator.addExtension(Extension.subjectAlternativeName, false, names(request.names()));
    }
    return generator.generate();
  }

  /** The algorithm that a key signs with. */
  static String signatureBy(PrivateKey key) {
    return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
  }

  private X509v3CertificateBuilder builder(X500Name subject, PublicKey key) {
    Instant now = clock.instant();
    return new X509v3CertificateBuilder(
        name,
        new BigInteger(127, RANDOM).setBit(126),
        Date.from(now.minus(CLOCK_SKEW)),
        Date.from(now.plus(VALIDITY)),
        subject,
        SubjectPublicKeyInfo.getInstance(key.getEncoded()));
  }

  private X509Certificate sign(X509v3CertificateBuilder builder)
      throws GeneralSecurityException, IOException {
    String algorithm = signatureBy(keys.getPrivate());
    try {
      byte[] der =
          builder
              .build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate()))
              .getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(algorithm + " is not to be had here", e);
    }
  }

  private static byte[] identifier(PublicKey key) throws GeneralSecurityException {
    return new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key).getKeyIdentifier();
  }

  private static X500Name name(X500Principal subject) {
    return X500Name.getInstance(subject.getEncoded());
  }

  private static ExtendedKeyUsage purposes(Usage usage) {
    return usage == Usage.SERVER
        ? new ExtendedKeyUsage(
            new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth})
        : new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth);
  }

  private static GeneralNames names(SubjectNames names) {
    List<GeneralName> all = new ArrayList<>();
    names.dns().forEach(name -> all.add(new GeneralName(GeneralName.dNSName, name)));
    names.addresses().forEach(ip -> all.add(new GeneralName(GeneralName.iPAddress, ip)));
    return new GeneralNames(all.toArray(GeneralName[]::new));
  }
}
