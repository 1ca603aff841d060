package io.rke4j.core.manifest;

import io.rke4j.api.cluster.AddonsSpec;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.DnsProvider;
import io.rke4j.api.cluster.NodeLocalDns;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Traits;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which images a cluster cannot do without. */
public final class UsedImages {

  private static final Set<SystemImage> OF_NODES =
      EnumSet.of(
          SystemImage.ETCD,
          SystemImage.ALPINE,
          SystemImage.NGINX_PROXY,
          SystemImage.CERT_DOWNLOADER,
          SystemImage.KUBERNETES_SERVICES_SIDECAR,
          SystemImage.KUBERNETES,
          SystemImage.POD_INFRA_CONTAINER);

  private UsedImages() {}

  /** The parts whose images some container of the cluster is made from. */
  public static Set<SystemImage> of(ClusterSpec spec, Traits traits) {
    Set<SystemImage> used = EnumSet.copyOf(OF_NODES);
    used.addAll(ofNetwork(spec));
    AddonsSpec addons = spec.addons();
    used.addAll(ofDns(addons.dns().provider()));
    if (addons.dns().nodeLocal() instanceof NodeLocalDns.On) {
      used.add(SystemImage.NODELOCAL);
    }
    if (addons.metrics().enabled()) {
      used.add(SystemImage.METRICS_SERVER);
    }
    if (addons.ingress().enabled()) {
      used.add(SystemImage.INGRESS);
      if (traits.addons().ingress().hasBackend(addons.ingress())) {
        used.add(SystemImage.INGRESS_BACKEND);
      }
    }
    return used;
  }

  private static List<SystemImage> ofDns(DnsProvider provider) {
    return switch (provider) {
      case COREDNS -> List.of(SystemImage.COREDNS, SystemImage.COREDNS_AUTOSCALER);
      case KUBE_DNS ->
          List.of(
              SystemImage.KUBEDNS,
              SystemImage.DNSMASQ,
              SystemImage.KUBEDNS_SIDECAR,
              SystemImage.KUBEDNS_AUTOSCALER);
      case NONE -> List.of();
    };
  }

  /** Volume drivers and controllers are left out of versions that have none. */
  private static List<SystemImage> ofNetwork(ClusterSpec spec) {
    return switch (spec.network().plugin()) {
      case CANAL ->
          List.of(SystemImage.CANAL_NODE, SystemImage.CANAL_CNI, SystemImage.CANAL_FLANNEL);
      case CALICO -> List.of(SystemImage.CALICO_NODE, SystemImage.CALICO_CNI);
      case FLANNEL -> List.of(SystemImage.FLANNEL, SystemImage.FLANNEL_CNI);
      case WEAVE -> List.of(SystemImage.WEAVE_NODE, SystemImage.WEAVE_CNI);
      case NONE -> List.of();
    };
  }
}
