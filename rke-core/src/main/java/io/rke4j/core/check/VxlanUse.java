package io.rke4j.core.check;

import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.core.cluster.Resolved;
import java.util.Optional;

/** Whether pods of different hosts talk through VXLAN. */
final class VxlanUse {

  /** What Linux, and so Flannel, takes unless told otherwise. */
  private static final String USUAL_PORT = "8472";

  private VxlanUse() {}

  static boolean of(Resolved cluster) {
    return port(cluster).isPresent();
  }

  /** The UDP port that the hosts send to each other; none without VXLAN. */
  static Optional<String> port(Resolved cluster) {
    NetworkSpec network = cluster.spec().network();
    return switch (network.plugin()) {
      case FLANNEL -> port(network, "flannel");
      case CANAL -> port(network, "canal_flannel");
      default -> Optional.empty();
    };
  }

  private static Optional<String> port(NetworkSpec network, String plugin) {
    return network.option(plugin + "_backend_type", "vxlan").equals("vxlan")
        ? Optional.of(network.option(plugin + "_backend_port", USUAL_PORT))
        : Optional.empty();
  }
}
