package io.rke4j.core.pki;

import io.rke4j.api.cluster.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** An authority that somebody else keeps: knows signing requests, and nothing of clusters. */
public final class ForeignAuthority {

  private final X500Name name;
  private final KeyPair keys;

  /** How a certificate comes out: as it was asked for, unless changed. */
  public record Terms(
      String subject,
      Instant begin,
      Instant end,
      String algorithm,
      Map<ASN1ObjectIdentifier, Extension> extensions) {

    public Terms subject(String other) {
      return new Terms(other, begin, end, algorithm, extensions);
    }

    public Terms from(Instant other) {
      return new Terms(subject, other, end, algorithm, extensions);
    }

    public Terms until(Instant other) {
      return new Terms(subject, begin, other, algorithm, extensions);
    }

    public Terms signedBy(String other) {
      return new Terms(subject, begin, end, other, extensions);
    }

    public Terms without(ASN1ObjectIdentifier extension) {
      Map<ASN1ObjectIdentifier, Extension> fewer = new HashMap<>(extensions);
      fewer.remove(extension);
      return new Terms(subject, begin, end, algorithm, fewer);
    }

    public Terms with(Extension extension) {
      Map<ASN1ObjectIdentifier, Extension> more = new HashMap<>(extensions);
      more.put(extension.getExtnId(), extension);
      return new Terms(subject, begin, end, algorithm, more);
    }
  }

  private ForeignAuthority(String name, KeyPair keys) {
    this.name = new X500Name(name);
    this.keys = keys;
  }

  public static ForeignAuthority named(String name) {
    return new ForeignAuthority(name, rsa(2048));
  }

  public static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its own certificate. */
  public Secret certificate() {
    return certificate(UnaryOperator.identity());
  }

  public Secret certificate(UnaryOperator<Terms> change) {
    Map<ASN1ObjectIdentifier, Extension> extensions = new HashMap<>();
    put(extensions, Extension.basicConstraints, new BasicConstraints(true));
    put(extensions, Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return sign(
        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()),
        change.apply(terms(name.toString(), extensions)));
  }

  public Secret key() {
    try {
      return Pem.key(keys.getPrivate());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs what is asked for. */
  public Secret sign(String request) {
    return sign(request, UnaryOperator.identity());
  }

  public Secret sign(String request, UnaryOperator<Terms> change) {
    try (PEMParser parser = new PEMParser(new StringReader(request))) {
      PKCS10CertificationRequest asked = (PKCS10CertificationRequest) parser.readObject();
      Map<ASN1ObjectIdentifier, Extension> extensions = new HashMap<>();
      Extensions wanted = asked.getRequestedExtensions();
      for (ASN1ObjectIdentifier kind : wanted.getExtensionOIDs()) {
        extensions.put(kind, wanted.getExtension(kind));
      }
      Terms terms = terms(asked.getSubject().toString(), extensions);
      return sign(asked.getSubjectPublicKeyInfo(), change.apply(terms));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(
      Map<ASN1ObjectIdentifier, Extension> extensions,
      ASN1ObjectIdentifier kind,
      ASN1Object value) {
    try {
      extensions.put(kind, new Extension(kind, true, value.getEncoded()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Terms terms(String subject, Map<ASN1ObjectIdentifier, Extension> extensions) {
    Instant now = Instant.now();
    return new Terms(
        subject,
        now.minus(Duration.ofHours(1)),
        now.plus(Duration.ofDays(365)),
        "SHA256withRSA",
        extensions);
  }

  private Secret sign(SubjectPublicKeyInfo key, Terms terms) {
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              name,
              BigInteger.valueOf(System.nanoTime()),
              Date.from(terms.begin()),
              Date.from(terms.end()),
              new X500Name(terms.subject()),
              key);
      for (Extension extension : terms.extensions().values()) {
        builder.addExtension(extension);
      }
      X509CertificateHolder signed =
          builder.build(new JcaContentSignerBuilder(terms.algorithm()).build(keys.getPrivate()));
      Base64.Encoder lines = Base64.getMimeEncoder();
      return Secret.of(
          "-----BEGIN CERTIFICATE-----\n"
              + lines.encodeToString(signed.getEncoded())
              + "\n-----END CERTIFICATE-----\n");
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything that a cluster needs, signed from its signing requests, and this certificate. */
  public Map<String, Secret> provide(Path requests) throws IOException {
    Map<String, Secret> files = new HashMap<>();
    files.put("kube-ca.pem", certificate());
    files.put("kube-apiserver-requestheader-ca.pem", certificate());
    for (Path file : list(requests)) {
      String name = String.valueOf(file.getFileName());
      if (name.endsWith("-csr.pem")) {
        files.put(name.replace("-csr.pem", ".pem"), sign(Files.readString(file)));
      } else {
        files.put(name, Secret.of(Files.readString(file)));
      }
    }
    return files;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
