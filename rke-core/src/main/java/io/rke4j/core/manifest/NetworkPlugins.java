package io.rke4j.core.manifest;

import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Resolved;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each network plugin consists of. */
public final class NetworkPlugins {

  /** The Secret in kube-system that holds a plugin's password. */
  public static final String PASSWORD_SECRET = "rke-network-password";

  private static final String FLEX_VOLUME =
      "/usr/libexec/kubernetes/kubelet-plugins/volume/exec/nodeagent~uds";

  private NetworkPlugins() {}

  /** The images that it runs on every node. */
  public static List<SystemImage> nodeImages(Resolved cluster) {
    return switch (cluster.spec().network().plugin()) {
      case CANAL -> ofCalico(cluster, Calico.Images.CANAL, SystemImage.CANAL_FLANNEL);
      case CALICO -> ofCalico(cluster, Calico.Images.CALICO);
      case FLANNEL -> List.of(SystemImage.FLANNEL, SystemImage.FLANNEL_CNI);
      case WEAVE -> List.of(SystemImage.WEAVE_NODE, SystemImage.WEAVE_CNI, SystemImage.ALPINE);
      case NONE -> List.of();
    };
  }

  private static List<SystemImage> ofCalico(
      Resolved cluster, Calico.Images images, SystemImage... others) {
    List<SystemImage> found = new ArrayList<>(List.of(images.node(), images.installer()));
    found.addAll(List.of(others));
    if (Calico.hasDriver(cluster, images)) {
      found.add(images.driver());
    }
    return found;
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
      case WEAVE -> Optional.of(Weave.manifest(cluster));
      case NONE -> Optional.empty();
    };
  }
}
