package io.rke4j.core.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.CertificateBundle.Entry;
import io.rke4j.spi.runtime.HostFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NodeFilesTest {

  private static final Resolved CLUSTER = Clusters.mixed();
  private static final CertificateBundle BUNDLE = bundle();

  private static CertificateBundle bundle() {
    Map<String, Entry> entries = new TreeMap<>();
    for (CertificateRequest request : Certificates.of(CLUSTER)) {
      String name = request.name();
      entries.put(name, new Entry("certificate " + name + "\n\n", Secret.of("key " + name)));
    }
    return new CertificateBundle(entries);
  }

  @Test
  void aWorkerGetsSevenFilesAndNoKeyOfAnAuthority() {
    assertThat(names(2))
        .containsExactly(
            "kube-ca.pem",
            "kube-node.pem",
            "kube-node-key.pem",
            "kubecfg-kube-node.yaml",
            "kube-proxy.pem",
            "kube-proxy-key.pem",
            "kubecfg-kube-proxy.yaml");
  }

  @Test
  void aHostGetsTheServingKeyOfItsOwnKubeletOnly() {
    Resolved cluster =
        Clusters.of(
            spec ->
                spec.services(s -> s.kubeletServingCertificates(true))
                    .node("172.17.0.2", Clusters.all("172.17.0.2"))
                    .node(
                        "w",
                        n ->
                            n.address("w.lab")
                                .internalAddress("10.0.0.3")
                                .user("rke")
                                .roles(Role.WORKER)));
    Map<String, Entry> entries = new TreeMap<>();
    Certificates.of(cluster).stream()
        .forEach(one -> entries.put(one.name(), new Entry("c", Secret.of("k"))));

    assertThat(NodeFiles.of(cluster, cluster.nodes().get(1), new CertificateBundle(entries)))
        .extracting(HostFile::path)
        .filteredOn(path -> path.contains("kubelet"))
        .containsExactly(
            "/etc/kubernetes/ssl/kube-kubelet-10-0-0-3.pem",
            "/etc/kubernetes/ssl/kube-kubelet-10-0-0-3-key.pem");
    assertThat(Certificates.of(cluster))
        .filteredOn(one -> one.name().equals("kube-kubelet-10-0-0-3"))
        .extracting(CertificateRequest::names)
        .containsExactly(new SubjectNames(List.of("w", "w.lab"), List.of("10.0.0.3")));
  }

  @Test
  void anEtcdHostGetsThePairOfEveryMember() {
    assertThat(names(1))
        .startsWith(names(2).toArray(String[]::new))
        .endsWith(
            "kube-etcd-127-1-0-11.pem",
            "kube-etcd-127-1-0-11-key.pem",
            "kube-etcd-node-b-invalid.pem",
            "kube-etcd-node-b-invalid-key.pem")
        .hasSize(11);
  }

  @Test
  void aControlPlaneThatRunsEtcdGetsTwentyEightFiles() {
    assertThat(names(0)).hasSize(28).contains("kube-ca-key.pem").doesNotHaveDuplicates();
  }

  @Test
  void theAdministratorsKeyStaysHere() {
    for (int node = 0; node < 3; node++) {
      assertThat(names(node)).noneMatch(name -> name.contains("admin"));
      assertThat(files(node)).noneMatch(file -> file.content().reveal().contains("kube-admin"));
    }
  }

  @Test
  void contentsEndInOneNewline() {
    HostFile certificate = files(2).get(1);
    assertThat(certificate.path()).isEqualTo(NodeFiles.certificate("kube-ca"));
    assertThat(certificate.content().reveal()).isEqualTo("certificate kube-ca\n");
  }

  @Test
  void theKeyOfAnAuthorityMayBeElsewhereButNoOther() {
    Map<String, Entry> entries = new TreeMap<>(BUNDLE.entries());
    entries.put("kube-ca", new Entry("certificate", Secret.of("")));
    assertThat(NodeFiles.of(CLUSTER, CLUSTER.nodes().get(0), new CertificateBundle(entries)))
        .noneMatch(file -> file.path().endsWith("kube-ca-key.pem"));
    entries.put("kube-node", new Entry("certificate", Secret.of("")));
    CertificateBundle keyless = new CertificateBundle(entries);
    assertThatThrownBy(() -> NodeFiles.of(CLUSTER, CLUSTER.nodes().get(2), keyless))
        .isInstanceOf(UnusableCertificatesException.class)
        .hasMessageContaining("kube-node");
    entries.remove("kube-node");
    CertificateBundle incomplete = new CertificateBundle(entries);
    assertThatThrownBy(() -> NodeFiles.of(CLUSTER, CLUSTER.nodes().get(2), incomplete))
        .isInstanceOf(UnusableCertificatesException.class)
        .hasMessageContaining("no certificate 'kube-node'");
  }

  @Test
  void whatRkeWroteServes() {
    HostFile certificate = files(2).get(1);
    assertThat(NodeFiles.serves(certificate, "certificate kube-ca")).isTrue();
    assertThat(NodeFiles.serves(certificate, "certificate kube-node")).isFalse();
    HostFile kubeConfig = files(2).get(4);
    String found = kubeConfig.content().reveal();
    assertThat(NodeFiles.serves(kubeConfig, found.replace("\"", "").strip())).isTrue();
    assertThat(NodeFiles.serves(kubeConfig, found.replace("6443", "1"))).isFalse();
  }

  private static List<HostFile> files(int node) {
    return NodeFiles.of(CLUSTER, CLUSTER.nodes().get(node), BUNDLE);
  }

  private static List<String> names(int node) {
    return files(node).stream()
        .filter(file -> file.kind() == HostFile.Kind.FILE)
        .map(file -> file.path().substring(NodeFiles.FOLDER.length() + 1))
        .toList();
  }
}
