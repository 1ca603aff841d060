package io.rke4j.core.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.kube.KubeJson;

/** Connects nodes by flannel, and pods by Calico, which enforces network policies. */
final class Canal {

  private Canal() {}

  static String manifest(Resolved cluster) {
    NetworkSpec network = cluster.spec().network();
    ImageRef controllers = cluster.release().images().get(SystemImage.CANAL_CONTROLLERS);
    return Calico.kinds(cluster, cluster.image(SystemImage.CANAL_NODE))
        + "---\n"
        + Calico.node(Template.file("canal.yaml"), cluster, Calico.Images.CANAL)
            .with("iface", YamlLines.quoted(network.option("canal_iface", "")))
            .with("backend", backend(network))
            .with("flannelImage", cluster.image(SystemImage.CANAL_FLANNEL))
            .fill()
        + (controllers == null ? "" : Calico.controllers(cluster, controllers));
  }

  /** RKE takes number and port of the VXLAN, and then forgets them; here they count. */
  private static String backend(NetworkSpec network) {
    ObjectNode backend = KubeJson.object();
    backend.put("Type", network.option("canal_flannel_backend_type", "vxlan"));
    number(backend, "VNI", network.option("canal_flannel_backend_vni", ""));
    number(backend, "Port", network.option("canal_flannel_backend_port", ""));
    return backend.toString();
  }

  private static void number(ObjectNode backend, String name, String value) {
    if (!value.isEmpty()) {
      backend.put(name, Integer.parseInt(value));
    }
  }
}
