package io.rke4j.core.render;

import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.host.Probe;

/** Where the components say whether they are well. */
public final class Health {

  private Health() {}

  /**
   * The check of one component. etcd and the API server want a client certificate: the node's, and
   * the API server's own.
   */
  public static Probe of(Component component, ClusterNode node) {
    return switch (component) {
      case ETCD -> new Probe("https", node.internalAddress(), Etcd.CLIENT_PORT, "/health");
      case KUBE_APISERVER -> new Probe("https", "localhost", 6443, "/healthz");
      case KUBE_CONTROLLER_MANAGER -> plain(10252);
      case KUBE_SCHEDULER -> plain(10251);
      case KUBELET -> plain(10248);
      case KUBE_PROXY -> plain(10256);
    };
  }

  private static Probe plain(int port) {
    return new Probe("http", "localhost", port, "/healthz");
  }
}
