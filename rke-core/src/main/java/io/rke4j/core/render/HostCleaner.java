package io.rke4j.core.render;

import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.resource.Resource;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.List;

/**
 * Takes from a host what the cluster's containers have left on it. It runs from the image that has
 * made the firewall rules, so that it speaks the same dialect of iptables.
 */
public record HostCleaner() implements ContainerRenderer {

  /** The container's name on a host. */
  public static final String NAME = "kube-cleaner";

  @Override
  public ContainerSpec render(Resolved cluster, ClusterNode node, EngineFacts engine) {
    return ContainerSpec.named(NAME, cluster.image(SystemImage.KUBERNETES))
        .entrypoint(List.of("/bin/sh", "-c"))
        .command(List.of(Resource.text(HostCleaner.class, "clean-host.sh")))
        .env(
            List.of(
                "NETWORK_PLUGIN=" + cluster.spec().network().plugin().label(),
                "POD_CIDR=" + cluster.spec().network().podCidr(),
                "FLANNEL_VNI=" + cluster.spec().network().option("flannel_backend_vni", "1")))
        .binds(
            List.of(
                "/etc:/host/etc",
                "/opt:/host/opt",
                "/run:/host/run",
                "/var/lib:/host/var/lib",
                "/var/log:/host/var/log",
                // Unmounting here is unmounting on the host.
                "/var/lib/kubelet:/var/lib/kubelet:shared"))
        .network("host")
        .hostPid()
        .privileged()
        .build();
  }
}
