package io.rke4j.core.render;

import io.rke4j.api.cluster.Cidr;
import io.rke4j.api.cluster.HostPrefix;
import io.rke4j.api.cluster.NetworkPlugin;
import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.api.cluster.NodeLocalDns;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.manifest.NetworkPlugins;
import io.rke4j.core.resource.Resource;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerSpecBuilder;
import io.rke4j.spi.runtime.EngineFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Takes from a host what the cluster's containers have left on it. It runs from the image that has
 * made the firewall rules, so that it speaks the same dialect of iptables.
 */
public record HostCleaner() implements ContainerRenderer {

  /** The container's name on a host. */
  public static final String NAME = "kube-cleaner";

  @Override
  public ContainerSpec render(Resolved cluster, ClusterNode node, EngineFacts engine) {
    NetworkSpec network = cluster.spec().network();
    HostPrefix prefix = cluster.prefix(engine);
    ContainerSpecBuilder cleaner =
        ContainerSpec.named(NAME, cluster.image(SystemImage.KUBERNETES))
            .entrypoint(List.of("/bin/sh", "-c"))
            .command(List.of(Resource.text(HostCleaner.class, "clean-host.sh")))
            .env(
                List.of(
                    "NETWORK_PLUGIN=" + network.plugin().label(),
                    "HOST_PREFIX=" + (prefix.isRoot() ? "" : prefix.path()),
                    "POD_CIDR=" + network.podCidr(),
                    "FLANNEL_VNI=" + vni(network),
                    "NODE_LOCAL_DNS=" + nodeLocalDns(cluster),
                    // Somebody else's may be on the same host.
                    "EXTERNAL_ETCD=" + cluster.spec().services().etcd().isExternal()))
            .binds(
                List.of(
                    "/etc:/host/etc",
                    "/opt:/host/opt",
                    "/run:/host/run",
                    "/var/lib:/host/var/lib",
                    "/var/log:/host/var/log",
                    // Unmounting here is unmounting on the host.
                    prefix.below("/var/lib/kubelet")
                        + ":"
                        + prefix.below("/var/lib/kubelet")
                        + ":shared"))
            .network("host")
            .hostPid()
            .privileged();
    if (!prefix.isRoot()) {
      cleaner.binds(List.of(prefix.path() + ":/host/prefix"));
    }
    network
        .podRanges()
        .ipv6()
        .ifPresent(pods -> cleaner.env(List.of("POD_CIDR_IPV6=" + usual(pods))));
    flexVolume(network).ifPresent(folder -> withFlexVolume(cleaner, folder));
    return cleaner.build();
  }

  /** As firewalls print it, whatever its spelling was. */
  private static String usual(Cidr block) {
    return block.address(0) + "/" + block.prefix();
  }

  /** The addresses that the cache of a node answers for, as alternatives; empty without one. */
  private static String nodeLocalDns(Resolved cluster) {
    return cluster.spec().addons().dns().nodeLocal() instanceof NodeLocalDns.On local
        ? (local.address() + "|" + cluster.spec().network().dnsServer()).replace(".", "\\.")
        : "";
  }

  private static String vni(NetworkSpec network) {
    String prefix = network.plugin() == NetworkPlugin.CANAL ? "canal_" : "";
    return network.option(prefix + "flannel_backend_vni", "1");
  }

  /** The folder of Calico's volume driver; empty without Calico. */
  private static Optional<Path> flexVolume(NetworkSpec network) {
    return switch (network.plugin()) {
      case CANAL, CALICO -> Optional.of(Path.of(NetworkPlugins.flexVolumeFolder(network)));
      case FLANNEL, WEAVE, NONE -> Optional.empty();
    };
  }

  private static void withFlexVolume(ContainerSpecBuilder cleaner, Path folder) {
    cleaner
        .env(List.of("FLEX_VOLUME=" + folder.getFileName()))
        .binds(List.of(folder.getParent() + ":/host/flex-volumes"));
  }
}
