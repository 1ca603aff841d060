package io.rke4j.core.render;

import io.rke4j.api.cluster.AuthorizationMode;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.api.cluster.ServiceOptions;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.Certificates;
import io.rke4j.core.pki.NodeFiles;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.List;

/** The controller manager of a control plane node. */
public record KubeControllerManager() implements ContainerRenderer {

  private static final Component SELF = Component.KUBE_CONTROLLER_MANAGER;

  @Override
  public ContainerSpec render(Resolved cluster, ClusterNode node, EngineFacts engine) {
    ServiceOptions user = cluster.spec().services().controllerManager();
    return HostProcess.confined(cluster, SELF, engine, flags(cluster).override(user))
        .command(command(cluster.spec()))
        .env(user.env())
        .env(Cloud.of(cluster).env())
        .binds(user.binds())
        .build();
  }

  private static Flags flags(Resolved cluster) {
    NetworkSpec network = cluster.spec().network();
    Flags flags = new Flags();
    Cloud.of(cluster).into(flags);
    return flags
        .set("cluster-cidr", network.podRanges().toString())
        .set("service-cluster-ip-range", network.serviceRanges().toString())
        .set("kubeconfig", NodeFiles.kubeConfig(Certificates.CONTROLLER_MANAGER))
        .set("root-ca-file", NodeFiles.certificate(Certificates.CA))
        .set("service-account-private-key-file", NodeFiles.key(Certificates.SERVICE_ACCOUNT))
        .defaults(cluster.release().options(SELF));
  }

  /** Without roles there are none to give to the controllers' accounts. */
  private static List<String> command(ClusterSpec spec) {
    return spec.access().authorization() == AuthorizationMode.RBAC
        ? List.of("--use-service-account-credentials=true")
        : List.of();
  }
}
