package io.rke4j.core.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.runtime.HostFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares with what RKE 1.2.23 left on a host. The expectations were read from that host, so they
 * are not to be regenerated from ours.
 */
class ReferenceTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/pki");

  private final Resolved cluster = Clusters.single();
  private final CertificateBundle bundle = Clusters.singleIssued();
  private final List<HostFile> files = NodeFiles.of(cluster, cluster.nodes().get(0), bundle);

  @Test
  void everyCertificateAndKeyReadsLikeRkes() throws IOException {
    assumeThat(Openssl.isPresent()).isTrue();
    Map<String, String> described = new TreeMap<>();
    for (HostFile file : files) {
      String name = file.path().substring(NodeFiles.FOLDER.length()).replace("/", "");
      String content = file.content().reveal();
      if (name.endsWith("-key.pem")) {
        String text = Openssl.run(content, "pkey", "-noout", "-text");
        described.put(name, "  " + text.lines().findFirst().orElse("") + "\n");
      } else if (name.endsWith(".pem")) {
        described.put(name, "  " + String.join("\n  ", Openssl.describe(content)) + "\n");
      }
    }
    StringBuilder all = new StringBuilder();
    described.forEach((name, text) -> all.append(name).append('\n').append(text));
    assertThat(all.toString()).isEqualTo(Files.readString(GOLDEN.resolve("single-node.txt")));
  }

  @Test
  void theHostGetsTheSameFilesWithTheSameModes() throws IOException {
    List<String> listed =
        files.stream()
            .map(
                file ->
                    file.path()
                        + (file.kind() == HostFile.Kind.FOLDER ? " d" : " -")
                        + (file.mode() == 0755 ? "rwxr-xr-x" : "rw-------"))
            .sorted()
            .toList();
    assertThat(listed).isEqualTo(Files.readAllLines(GOLDEN.resolve("single-node-files.txt")));
  }

  @Test
  void keysAreWrittenAsPkcs1() {
    assertThat(bundle.entries().values())
        .allSatisfy(
            entry ->
                assertThat(entry.key().reveal())
                    .startsWith("-----BEGIN RSA PRIVATE KEY-----\n")
                    .endsWith("\n-----END RSA PRIVATE KEY-----\n"));
  }

  @Test
  void opensslVerifiesEveryChainStrictly(@TempDir Path folder) throws IOException {
    assumeThat(Openssl.isPresent()).isTrue();
    for (CertificateRequest request : Certificates.of(cluster)) {
      if (!request.isAuthority()) {
        Path authority = folder.resolve("authority.pem");
        Files.writeString(authority, bundle.entry(request.signer()).certificatePem());
        String verdict =
            Openssl.run(
                bundle.entry(request.name()).certificatePem(),
                "verify",
                "-x509_strict",
                "-CAfile",
                authority.toString());
        assertThat(verdict).as(request.name()).endsWith(": OK\n");
      }
    }
  }

  @Test
  void theAdministratorIsAMemberOfTheMasters() throws IOException {
    assumeThat(Openssl.isPresent()).isTrue();
    assertThat(Openssl.describe(bundle.entry(Certificates.ADMIN).certificatePem()))
        .startsWith("subject=CN=kube-admin,O=system:masters", "issuer=CN=kube-ca")
        .contains("TLS Web Client Authentication");
  }
}
