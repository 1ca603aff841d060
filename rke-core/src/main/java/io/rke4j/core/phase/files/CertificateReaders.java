package io.rke4j.core.phase.files;

import io.rke4j.core.pki.ExternalEtcd;
import java.util.Set;

/** Which containers have to be restarted when a certificate changes; the table is RKE's. */
final class CertificateReaders {

  private CertificateReaders() {}

  static Set<String> of(String path) {
    String name =
        path.substring(path.lastIndexOf('/') + 1).replaceFirst("(-key)?\\.(pem|yaml)$", "");
    if (name.startsWith(ExternalEtcd.CLIENT)) {
      return Set.of("kube-apiserver");
    }
    if (name.startsWith("kube-etcd-")) {
      return Set.of("etcd");
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
