package io.rke4j.core.render;

import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.List;

/** Answers at the ports of one plane before the plane does, so that others can try to get there. */
public enum PortListener implements ContainerRenderer {
  /** etcd's ports for clients and for members. */
  ETCD("rke-etcd-port-listener", Role.ETCD),
  /** The API server's port. */
  CONTROL_PLANE("rke-cp-port-listener", Role.CONTROL_PLANE),
  /** The kubelet's port. */
  WORKER("rke-worker-port-listener", Role.WORKER);

  private static final int INSIDE = 1337;

  private final String container;
  private final Role role;

  PortListener(String container, Role role) {
    this.container = container;
    this.role = role;
  }

  /** The container's name on a host. */
  public String container() {
    return container;
  }

  /** The plane whose nodes have this listener. */
  public Role role() {
    return role;
  }

  /** The component whose ports these will be. */
  public Component listensFor() {
    return switch (this) {
      case ETCD -> Component.ETCD;
      case CONTROL_PLANE -> Component.KUBE_APISERVER;
      case WORKER -> Component.KUBELET;
    };
  }

  /** The ports of the host that answer. */
  public List<Integer> ports() {
    return switch (this) {
      case ETCD -> List.of(Etcd.CLIENT_PORT, Etcd.PEER_PORT);
      case CONTROL_PLANE -> List.of(6443);
      case WORKER -> List.of(10250);
    };
  }

  @Override
  public ContainerSpec render(Resolved cluster, ClusterNode node, EngineFacts engine) {
    return ContainerSpec.named(container, cluster.image(SystemImage.ALPINE))
        .command(List.of("nc", "-kl", "-p", Integer.toString(INSIDE), "-e", "echo"))
        .publish(INSIDE, ports())
        .build();
  }
}
