package io.rke4j.api.cluster;

import java.util.Locale;

/** The images that a cluster is made of, by RKE's names in {@code system_images}. */
public enum SystemImage {
  /** etcd. */
  ETCD,
  /** The helper image, rke-tools. */
  ALPINE,
  /** The proxy in front of the API servers on nodes without one. */
  NGINX_PROXY,
  /** Carries certificates to the hosts. */
  CERT_DOWNLOADER,
  /** Holds the entry point that the Kubernetes containers share. */
  KUBERNETES_SERVICES_SIDECAR,
  /** All Kubernetes binaries: hyperkube. */
  KUBERNETES,
  /** The container that holds a pod's namespaces. */
  POD_INFRA_CONTAINER,
  /** flannel. */
  FLANNEL,
  /** Installs flannel's CNI configuration and plugins. */
  FLANNEL_CNI,
  /** Looks up names of services, with DNS provider kube-dns. */
  KUBEDNS,
  /** Answers and remembers, with DNS provider kube-dns. */
  DNSMASQ,
  /** Tells whether the two work, with DNS provider kube-dns. */
  KUBEDNS_SIDECAR,
  /** Scales kube-dns with the number of nodes. */
  KUBEDNS_AUTOSCALER,
  /** CoreDNS. */
  COREDNS,
  /** Scales CoreDNS with the number of nodes. */
  COREDNS_AUTOSCALER,
  /** Keeps the DNS server's answers on every node. */
  NODELOCAL,
  /** metrics-server. */
  METRICS_SERVER,
  /** The nginx ingress controller. */
  INGRESS,
  /** What the ingress controller answers with where no rule matches. */
  INGRESS_BACKEND,
  /** Makes the certificate of the ingress controller's admission webhook; newer versions only. */
  INGRESS_WEBHOOK,
  /** Calico's node agent, with plugin canal. */
  CANAL_NODE,
  /** Installs Calico's CNI plugin, with plugin canal. */
  CANAL_CNI,
  /** Calico's controllers, with plugin canal; newer versions only. */
  CANAL_CONTROLLERS,
  /** flannel, with plugin canal. */
  CANAL_FLANNEL,
  /** Installs Calico's volume driver, with plugin canal. */
  CANAL_FLEXVOL,
  /** Calico's node agent. */
  CALICO_NODE,
  /** Installs Calico's CNI plugin. */
  CALICO_CNI,
  /** Calico's controllers. */
  CALICO_CONTROLLERS,
  /** Installs Calico's volume driver. */
  CALICO_FLEXVOL,
  /** Weave Net's router. */
  WEAVE_NODE,
  /** Enforces network policies, with plugin weave; RKE's key says otherwise. */
  WEAVE_CNI;

  /** The key in {@code system_images}, for example {@code pod_infra_container}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
