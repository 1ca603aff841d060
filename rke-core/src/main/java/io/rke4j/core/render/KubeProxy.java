package io.rke4j.core.render;

import io.rke4j.api.cluster.ServiceOptions;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.Certificates;
import io.rke4j.core.pki.NodeFiles;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.List;

/** The service proxy of any node. */
public record KubeProxy() implements ContainerRenderer {

  static final String BRIDGE_FILTER = "RKE_KUBE_PROXY_BR_NETFILTER";

  private static final Component SELF = Component.KUBE_PROXY;

  @Override
  public ContainerSpec render(Resolved cluster, ClusterNode node, EngineFacts engine) {
    ServiceOptions user = cluster.spec().services().kubeProxy();
    Flags flags =
        new Flags()
            .set("cluster-cidr", cluster.spec().network().podRanges().toString())
            .set("kubeconfig", NodeFiles.kubeConfig(Certificates.PROXY))
            .defaults(cluster.release().options(SELF));
    Cloud.of(cluster).intoProxy(flags, node);
    return HostProcess.privileged(cluster, SELF, engine, flags.override(user))
        .env(bridgeFilter(cluster))
        .env(user.env())
        .binds(List.of("/run:/run", "/lib/modules:/lib/modules:" + modules(cluster, engine)))
        .binds(user.binds())
        .build();
  }

  /** The entry point loads it, from rke-tools v0.1.111 on. */
  private static List<String> bridgeFilter(Resolved cluster) {
    return cluster.spec().network().deployment().bridgeFilter()
        ? List.of(BRIDGE_FILTER + "=true")
        : List.of();
  }

  /** SELinux does not let anyone relabel the kernel's modules. */
  private static String modules(Resolved cluster, EngineFacts engine) {
    return engine.selinux() ? "ro" : cluster.release().traits().mounts().kernelModules();
  }
}
