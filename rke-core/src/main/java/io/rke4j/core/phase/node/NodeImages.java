package io.rke4j.core.phase.node;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.manifest.NetworkPlugins;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** The images that a host needs before its components start. */
public final class NodeImages {

  private NodeImages() {}

  /** Those of one host, each once. */
  public static Set<ImageRef> of(Resolved cluster, ClusterNode node) {
    Set<ImageRef> images = new LinkedHashSet<>();
    parts(cluster, node).forEach(part -> images.add(cluster.image(part)));
    return images;
  }

  /** What they are images of. */
  public static Set<SystemImage> parts(Resolved cluster, ClusterNode node) {
    EnumSet<SystemImage> parts =
        EnumSet.of(
            SystemImage.ALPINE,
            SystemImage.CERT_DOWNLOADER,
            SystemImage.KUBERNETES_SERVICES_SIDECAR,
            SystemImage.KUBERNETES,
            SystemImage.POD_INFRA_CONTAINER);
    if (node.has(Role.ETCD)) {
      parts.add(SystemImage.ETCD);
    }
    if (!node.has(Role.CONTROL_PLANE)) {
      parts.add(SystemImage.NGINX_PROXY);
    }
    parts.addAll(NetworkPlugins.nodeImages(cluster));
    return parts;
  }
}
