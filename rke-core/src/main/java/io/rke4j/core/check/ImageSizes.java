package io.rke4j.core.check;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.manifest.UsedImages;
import io.rke4j.core.phase.node.NodeImages;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How much of a disk the images take that a host needs, once they are unpacked. A registry tells
 * only how much is sent, so these are estimates, by what an image is for, and rounded up.
 */
final class ImageSizes {

  private static final long KIB_IN_MIB = 1024;

  private ImageSizes() {}

  /** Those of its own components and, on workers, those of addons, whose pods may come there. */
  static Map<ImageRef, Long> kib(Resolved cluster, ClusterNode node) {
    Map<ImageRef, Long> sizes = new LinkedHashMap<>();
    for (SystemImage part : parts(cluster, node)) {
      sizes.merge(cluster.image(part), mib(part) * KIB_IN_MIB, Math::max);
    }
    return sizes;
  }

  private static Set<SystemImage> parts(Resolved cluster, ClusterNode node) {
    Set<SystemImage> parts = EnumSet.copyOf(NodeImages.parts(cluster, node));
    if (node.has(Role.WORKER)) {
      Set<SystemImage> others = UsedImages.of(cluster.spec(), cluster.release().traits());
      others.remove(SystemImage.ETCD);
      others.remove(SystemImage.NGINX_PROXY);
      parts.addAll(others);
    }
    return parts;
  }

  private static long mib(SystemImage part) {
    return switch (part) {
      case KUBERNETES -> 2048;
      case INGRESS -> 320;
      case ALPINE, NGINX_PROXY, CERT_DOWNLOADER, KUBERNETES_SERVICES_SIDECAR -> 256;
      case CANAL_NODE, CALICO_NODE, CANAL_CNI, CALICO_CNI -> 256;
      case ETCD -> 192;
      case WEAVE_NODE, NODELOCAL -> 128;
      case FLANNEL, FLANNEL_CNI, CANAL_FLANNEL, CANAL_CONTROLLERS, CALICO_CONTROLLERS -> 96;
      case METRICS_SERVER, KUBEDNS, DNSMASQ, KUBEDNS_SIDECAR -> 96;
      case COREDNS, COREDNS_AUTOSCALER, KUBEDNS_AUTOSCALER, WEAVE_CNI, INGRESS_WEBHOOK -> 64;
      case CANAL_FLEXVOL, CALICO_FLEXVOL -> 32;
      case POD_INFRA_CONTAINER, INGRESS_BACKEND -> 8;
    };
  }
}
