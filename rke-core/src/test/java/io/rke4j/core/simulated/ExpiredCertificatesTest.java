package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.Secret;
import io.rke4j.api.plan.Plan;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.state.ClusterRecordCodec;
import io.rke4j.testkit.SimulatedHost;
import io.rke4j.testkit.host.FileEntry;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nobody has applied anything for so long that certificates have ended. */
@Timeout(240)
class ExpiredCertificatesTest {

  private static final String FOLDER = "/etc/kubernetes/ssl/";

  @TempDir private Path folder;

  @Test
  void aClusterWhoseCertificatesHaveEndedIsRenewed() throws Exception {
    try (Trial trial = new Trial(1, folder)) {
      trial.build();
      end(trial.host(), "kube-apiserver");
      end(trial.host(), "kube-admin");
      SimulatedHost host = trial.host();
      host.docker().stop(host.docker().containers().require("kube-apiserver"));
      host.docker().start(host.docker().containers().require("kube-apiserver"));

      Plan plan = trial.provisioner().plan(trial.spec());

      assertThat(plan.render())
          .contains("renew the certificate of kube-apiserver, keeping its key: it expired at ")
          .contains("once its certificates are renewed; GET ");
      trial.build();
    }
  }

  /** Has a certificate end yesterday, as it is remembered and where it is used. */
  private void end(SimulatedHost host, String name) throws Exception {
    Path document = folder.resolve("simulated.json");
    String text = Files.readString(document);
    CertificateBundle bundle = ClusterRecordCodec.read(Secret.of(text)).certificates();
    String good = bundle.entry(name).certificatePem();
    String ended = ended(good, bundle.entry("kube-ca").key().reveal());
    Files.writeString(document, text.replace(json(good), json(ended)));
    if (host.files().exists(FOLDER + name + ".pem")) {
      host.files().put(FOLDER + name + ".pem", FileEntry.file(0600, ended));
    }
  }

  private static String json(String pem) {
    return pem.replace("\n", "\\n");
  }

  private static String ended(String pem, String authorityKey) throws Exception {
    X509Certificate good =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    X509CertificateHolder holder = new JcaX509CertificateHolder(good);
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            holder.getIssuer(),
            BigInteger.valueOf(System.nanoTime()),
            Date.from(Instant.now().minus(Duration.ofDays(3651))),
            Date.from(Instant.now().minus(Duration.ofDays(1))),
            holder.getSubject(),
            holder.getSubjectPublicKeyInfo());
    for (Object kind : holder.getExtensionOIDs()) {
      builder.addExtension(holder.getExtension((ASN1ObjectIdentifier) kind));
    }
    byte[] der =
        builder
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(key(authorityKey)))
            .getEncoded();
    return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
        .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
  }

  private static PrivateKey key(String pem) throws Exception {
    PEMKeyPair pair = (PEMKeyPair) new PEMParser(new StringReader(pem)).readObject();
    return new JcaPEMKeyConverter().getKeyPair(pair).getPrivate();
  }
}
