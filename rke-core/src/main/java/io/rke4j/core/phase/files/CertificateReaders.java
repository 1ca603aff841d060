package io.rke4j.core.phase.files;

import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.pki.Certificates;
import io.rke4j.core.pki.ExternalEtcd;
import java.util.Set;

/**
 * Which containers have to be restarted when a certificate changes. The table is RKE's, except that
 * an etcd member is not restarted for the certificate of another, which lies there too.
 */
final class CertificateReaders {

  private CertificateReaders() {}

  static Set<String> of(String path, ClusterNode node) {
    String name =
        path.substring(path.lastIndexOf('/') + 1).replaceFirst("(-key)?\\.(pem|yaml)$", "");
    if (name.startsWith(ExternalEtcd.CLIENT)) {
      return Set.of("kube-apiserver");
    }
    if (name.startsWith("kube-etcd-")) {
      return name.equals(Certificates.etcd(node)) ? Set.of("etcd") : Set.of();
    }
    if (name.startsWith("kube-kubelet-")) {
      return Set.of("kubelet");
    }
    return switch (name.replaceFirst("^kubecfg-", "")) {
      case "kube-ca" -> Set.of("etcd", "kube-apiserver", "kube-controller-manager", "kubelet");
      case "kube-apiserver", "kube-service-account-token" ->
          Set.of("kube-apiserver", "kube-controller-manager");
      case "kube-apiserver-requestheader-ca", "kube-apiserver-proxy-client" ->
          Set.of("kube-apiserver");
      case "kube-controller-manager" -> Set.of("kube-controller-manager");
      case "kube-scheduler" -> Set.of("kube-scheduler");
      case "kube-proxy" -> Set.of("kube-proxy");
      // The API server shows this one to etcd.
      case "kube-node" -> Set.of("kubelet", "kube-apiserver");
      default -> Set.of();
    };
  }
}
