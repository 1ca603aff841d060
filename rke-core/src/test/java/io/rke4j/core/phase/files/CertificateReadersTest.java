package io.rke4j.core.phase.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.Certificates;
import io.rke4j.core.pki.Clusters;
import io.rke4j.core.pki.NodeFiles;
import org.junit.jupiter.api.Test;

class CertificateReadersTest {

  private static final Resolved CLUSTER = Clusters.mixed();

  @Test
  void aMemberIsRestartedForItsOwnCertificateOnly() {
    ClusterNode one = CLUSTER.nodes().get(0);
    ClusterNode other = CLUSTER.nodes().get(1);
    assertThat(CertificateReaders.of(NodeFiles.certificate(Certificates.etcd(one)), one))
        .containsExactly("etcd");
    assertThat(CertificateReaders.of(NodeFiles.key(Certificates.etcd(other)), one)).isEmpty();
  }

  @Test
  void whoeverTrustsTheAuthorityIsRestartedForIt() {
    assertThat(
            CertificateReaders.of(NodeFiles.certificate(Certificates.CA), CLUSTER.nodes().get(0)))
        .containsExactlyInAnyOrder("etcd", "kube-apiserver", "kube-controller-manager", "kubelet");
  }
}
