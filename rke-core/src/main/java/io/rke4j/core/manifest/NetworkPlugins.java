package io.rke4j.core.manifest;

import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Resolved;
import java.util.List;
import java.util.Optional;

/** What each network plugin consists of. */
public final class NetworkPlugins {

  private static final String FLEX_VOLUME =
      "/usr/libexec/kubernetes/kubelet-plugins/volume/exec/nodeagent~uds";

  private NetworkPlugins() {}

  /** The images that it runs on every node. */
  public static List<SystemImage> nodeImages(Resolved cluster) {
    return switch (cluster.spec().network().plugin()) {
      case CANAL ->
          List.of(
              SystemImage.CANAL_NODE,
              SystemImage.CANAL_CNI,
              SystemImage.CANAL_FLANNEL,
              SystemImage.CANAL_FLEXVOL);
      case CALICO ->
          List.of(SystemImage.CALICO_NODE, SystemImage.CALICO_CNI, SystemImage.CALICO_FLEXVOL);
      case FLANNEL -> List.of(SystemImage.FLANNEL, SystemImage.FLANNEL_CNI);
      case NONE -> List.of();
    };
  }

  /** Where Calico's volume driver is on a host. */
  public static String flexVolumeFolder(NetworkSpec network) {
    return network.option(network.plugin().label() + "_flex_volume_plugin_dir", FLEX_VOLUME);
  }

  /** The manifest; empty if there is no plugin. */
  static Optional<String> manifest(Resolved cluster) {
    return switch (cluster.spec().network().plugin()) {
      case CANAL -> Optional.of(Canal.manifest(cluster));
      case CALICO -> Optional.of(Calico.manifest(cluster));
      case FLANNEL -> Optional.of(Flannel.manifest(cluster));
      case NONE -> Optional.empty();
    };
  }
}
