package io.rke4j.core.pki;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.EtcdHosting.External;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.spi.runtime.HostFile;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** What API servers need to be clients of an etcd that is not the cluster's own. */
public final class ExternalEtcd {

  /** The certificate by which its members are known. */
  public static final String CA = "kube-etcd-client-ca";

  /** The API servers as its clients. */
  public static final String CLIENT = "kube-etcd-client";

  private static final String PATH = "services.etcd.";
  private static final int OWNER_ONLY = 0600;
  private static final byte[] PROBE = {1, 2, 3};

  private ExternalEtcd() {}

  /** The external etcd of a cluster, if it has one. */
  public static Optional<External> of(ClusterSpec spec) {
    return spec.services().etcd().hosting() instanceof External external
        ? Optional.of(external)
        : Optional.empty();
  }

  /** What is wrong with its certificates and key. */
  public static List<SpecProblem> problems(ClusterSpec spec) {
    return of(spec).map(ExternalEtcd::problems).orElse(List.of());
  }

  /** What is wrong with certificates and key. */
  public static List<SpecProblem> problems(External etcd) {
    List<SpecProblem> problems = new ArrayList<>();
    certificate("ca_cert", etcd.authority(), problems);
    Optional<X509Certificate> client = certificate("cert", etcd.certificate(), problems);
    Optional<PrivateKey> key = key(etcd.key(), problems);
    if (client.isPresent() && key.isPresent() && !fits(key.get(), client.get())) {
      problems.add(new SpecProblem(PATH + "key", "is not the key of services.etcd.cert", ""));
    }
    return List.copyOf(problems);
  }

  /** The files of a control plane host. */
  static List<HostFile> files(External etcd) {
    return List.of(
        file(NodeFiles.certificate(CA), etcd.authority()),
        file(NodeFiles.certificate(CLIENT), etcd.certificate()),
        file(NodeFiles.key(CLIENT), etcd.key().reveal()));
  }

  private static HostFile file(String path, String pem) {
    return HostFile.file(path, OWNER_ONLY, Secret.of(pem.strip() + "\n"));
  }

  private static Optional<X509Certificate> certificate(
      String key, String pem, List<SpecProblem> problems) {
    try {
      return Optional.of(Pem.readCertificate(pem));
    } catch (GeneralSecurityException e) {
      problems.add(new SpecProblem(PATH + key, "is not a certificate in PEM", ""));
      return Optional.empty();
    }
  }

  private static Optional<PrivateKey> key(Secret pem, List<SpecProblem> problems) {
    try (PEMParser parser = new PEMParser(new StringReader(pem.reveal()))) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      Object read = parser.readObject();
      if (read instanceof PEMKeyPair pair) {
        return Optional.of(converter.getKeyPair(pair).getPrivate());
      }
      if (read instanceof PrivateKeyInfo info) {
        return Optional.of(converter.getPrivateKey(info));
      }
    } catch (IOException | RuntimeException e) {
      // It may quote the key.
    }
    problems.add(
        new SpecProblem(PATH + "key", "is not a private key in PEM without a passphrase", ""));
    return Optional.empty();
  }

  /** Whether the certificate's key verifies what the private key signs. */
  private static boolean fits(PrivateKey key, X509Certificate certificate) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC", "ECDSA" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
