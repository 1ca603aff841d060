package io.rke4j.core.render;

import io.rke4j.api.cluster.ServiceOptions;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.Certificates;
import io.rke4j.core.pki.NodeFiles;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;

/** The scheduler of a control plane node. */
public record KubeScheduler() implements ContainerRenderer {

  private static final Component SELF = Component.KUBE_SCHEDULER;

  @Override
  public ContainerSpec render(Resolved cluster, ClusterNode node, EngineFacts engine) {
    ServiceOptions user = cluster.spec().services().scheduler();
    Flags flags =
        new Flags()
            .set("kubeconfig", NodeFiles.kubeConfig(Certificates.SCHEDULER))
            .defaults(cluster.release().options(SELF))
            .override(user);
    return HostProcess.confined(cluster, SELF, engine, flags)
        .env(user.env())
        .binds(user.binds())
        .build();
  }
}
