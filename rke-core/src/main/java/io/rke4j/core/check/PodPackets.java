package io.rke4j.core.check;

import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.core.cluster.Resolved;
import java.util.Optional;

/**
 * The largest packets of pods and what is put around them, where the specification says so for all
 * hosts alike. Flannel by itself takes what each host has, and Weave finds out what comes through.
 *
 * @param size of a packet, in bytes
 * @param overhead what carrying it to other hosts adds to it
 */
record PodPackets(int size, int overhead) {

  private static final int OF_CANAL = 1450;
  private static final int OF_CALICO = 1440;
  private static final int OF_VXLAN = 50;
  private static final int OF_IP_IN_IP = 20;

  static Optional<PodPackets> of(Resolved cluster) {
    NetworkSpec network = cluster.spec().network();
    return switch (network.plugin()) {
      case CANAL ->
          Optional.of(new PodPackets(size(network, OF_CANAL), VxlanUse.of(cluster) ? OF_VXLAN : 0));
      case CALICO -> Optional.of(new PodPackets(size(network, OF_CALICO), OF_IP_IN_IP));
      default -> Optional.empty();
    };
  }

  private static int size(NetworkSpec network, int usual) {
    int wanted = network.deployment().mtu();
    return wanted == 0 ? usual : wanted;
  }

  /** How large the largest packets between hosts are. */
  int between() {
    return size + overhead;
  }
}
