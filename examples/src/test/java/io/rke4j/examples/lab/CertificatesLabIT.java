package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.CertificateSpec;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose certificates an authority elsewhere has signed: openssl's. */
class CertificatesLabIT {

  private static final String FILE =
      """
      cluster_name: signed
      ssh_key_path: ${key}
      nodes:
      - {address: ${host1}, user: root, hostname_override: one, role: [controlplane, etcd, worker]}
      network: {plugin: flannel}
      ingress: {provider: none}
      monitoring: {provider: none}
      """;

  @TempDir private Path folder;
  private Lab lab;
  private LabCluster cluster;

  @BeforeEach
  void begin() {
    lab = Lab.withFreshHosts(1);
    cluster = LabCluster.on(lab);
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void clusterRunsOnCertificatesOfAnotherAuthority() throws IOException {
    cluster.provisioner().requestCertificates(cluster.read(FILE), folder);
    makeAuthority();
    for (Path request : requests()) {
      sign(request);
    }
    Kubectl kubectl = cluster.kubectl(cluster.apply(plan()).orElseThrow());
    kubectl.awaitNodesReady(1);
    assertThat(
            lab.host(1)
                .shell("openssl x509 -noout -issuer -in /etc/kubernetes/ssl/kube-apiserver.pem"))
        .contains("elsewhere");
    assertThat(lab.host(1).shell("ls /etc/kubernetes/ssl")).doesNotContain("kube-ca-key.pem");
    LabCluster.assertEmpty(plan());

    Path request = folder.resolve("kube-scheduler-csr.pem");
    sign(request);
    Plan third = plan();
    assertThat(third.render()).contains("kube-scheduler").doesNotContain("kube-apiserver.pem");
    String apiServer = lab.host(1).containers().get("kube-apiserver");
    cluster.apply(third);
    assertThat(lab.host(1).containers()).containsEntry("kube-apiserver", apiServer);
    LabCluster.assertEmpty(plan());
  }

  private Plan plan() {
    ClusterSpec spec = cluster.read(FILE).withCertificates(CertificateSpec.from(folder));
    return cluster.provisioner().plan(spec);
  }

  private void makeAuthority() {
    openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", authorityKey()).output();
    openssl("req", "-x509", "-new", "-key", authorityKey(), "-subj", "/CN=elsewhere")
        .and("-days", "30", "-out", authority())
        .output();
  }

  private static Command openssl(String... words) {
    return Command.of("openssl").and(words);
  }

  private String authority() {
    return folder.resolve("kube-ca.pem").toString();
  }

  /** Not among the certificates: nothing but openssl may sign. */
  private String authorityKey() {
    return cluster.folder().resolve("authority.key").toString();
  }

  private List<Path> requests() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith("-csr.pem")).toList();
    }
  }

  private void sign(Path request) {
    String certificate = request.toString().replace("-csr.pem", ".pem");
    openssl("x509", "-req", "-in", request.toString(), "-CA", authority())
        .and("-CAkey", authorityKey(), "-CAcreateserial", "-days", "30")
        .and("-copy_extensions", "copyall", "-out", certificate)
        .output();
  }
}
