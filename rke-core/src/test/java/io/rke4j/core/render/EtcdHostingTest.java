package io.rke4j.core.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.ClusterFile;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.Clusters;
import io.rke4j.core.pki.NodeFiles;
import io.rke4j.spi.runtime.HostFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EtcdHostingTest {

  private static final HostFile.Owner ETCD = new HostFile.Owner(52034, 52035);

  @Test
  void apiServersAreClientsOfAnEtcdOfOthers() {
    ClusterSpec spec =
        ClusterFile.read(Path.of("src/test/resources/cluster-yml/etcd-external.yml"));
    ClusterNode node = new ClusterNode(spec.nodes().get(0), "172.17.0.2", "172.17.0.2");
    Resolved cluster = new Resolved(spec, VersionCatalogue.builtIn().release(spec), List.of(node));

    assertThat(new KubeApiServer().render(cluster, node, Samples.DEBIAN).program().entrypoint())
        .contains(
            "--etcd-servers=https://etcd-1.example.com:2379,https://192.0.2.7:2379",
            "--etcd-prefix=/clusters/one",
            "--etcd-cafile=/etc/kubernetes/ssl/kube-etcd-client-ca.pem",
            "--etcd-certfile=/etc/kubernetes/ssl/kube-etcd-client.pem",
            "--etcd-keyfile=/etc/kubernetes/ssl/kube-etcd-client-key.pem");
    assertThat(new HostCleaner().render(cluster, node, Samples.DEBIAN).program().env())
        .contains("EXTERNAL_ETCD=true");
    List<HostFile> files = NodeFiles.of(cluster, node, Clusters.singleIssued());
    assertThat(files)
        .extracting(HostFile::path)
        .contains(
            "/etc/kubernetes/ssl/kube-etcd-client-ca.pem",
            "/etc/kubernetes/ssl/kube-etcd-client.pem",
            "/etc/kubernetes/ssl/kube-etcd-client-key.pem")
        .noneMatch(path -> path.contains("kube-etcd-172"));
    assertThat(files)
        .filteredOn(file -> file.path().endsWith("client-key.pem"))
        .allMatch(file -> file.mode() == 0600)
        .noneMatch(file -> file.toString().contains("BEGIN"));
  }

  @Test
  void etcdRunsAsAUserThatReadsItsOwnFilesOnly() {
    Resolved cluster =
        Samples.resolve(Samples.single(Samples.V1_17).services(s -> s.etcdUser(52034, 52035)));
    ClusterNode node = cluster.nodes().get(0);

    assertThat(Etcd.founding().render(cluster, node, Samples.DEBIAN).program().user())
        .isEqualTo("52034:52035");
    for (HostFile file : NodeFiles.of(cluster, node, Clusters.singleIssued())) {
      boolean etcds = file.path().contains("/kube-etcd-");
      assertThat(file.owner()).as(file.path()).isEqualTo(etcds ? ETCD : HostFile.Owner.ROOT);
      if (file.path().endsWith("/kube-ca.pem")) {
        assertThat(file.mode()).isEqualTo(0644);
      } else if (file.kind() == HostFile.Kind.FILE) {
        assertThat(file.mode()).as(file.path()).isEqualTo(0600);
      }
    }
  }

  @Test
  void mistakesAreTold() {
    assertThatThrownBy(
            () -> Samples.single(Samples.V1_20).services(s -> s.etcdUser(1000, 0)).build())
        .hasMessageContaining("services.etcd: needs uid and gid, or neither");
  }
}
