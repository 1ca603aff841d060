package io.rke4j.core.check;

import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.core.cluster.Resolved;

/** Whether pods of different hosts talk through VXLAN. */
final class VxlanUse {

  private VxlanUse() {}

  static boolean of(Resolved cluster) {
    NetworkSpec network = cluster.spec().network();
    return switch (network.plugin()) {
      case FLANNEL -> network.option("flannel_backend_type", "vxlan").equals("vxlan");
      case CANAL -> network.option("canal_flannel_backend_type", "vxlan").equals("vxlan");
      default -> false;
    };
  }
}
