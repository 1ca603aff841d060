package io.rke4j.core.render;

import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.cluster.Traits;
import io.rke4j.core.host.Probe;
import io.rke4j.core.host.Probe.Trust;

/** Where the components say whether they are well. */
public final class Health {

  private Health() {}

  /**
   * The check of one component. etcd and the API server want a client certificate: the node's, and
   * the API server's own.
   */
  public static Probe of(Component component, Resolved cluster, ClusterNode node) {
    Traits.Health traits = cluster.release().traits().health();
    return switch (component) {
      case ETCD -> new Probe("https", node.internalAddress(), Etcd.CLIENT_PORT, "/health");
      case KUBE_APISERVER -> new Probe("https", "localhost", 6443, "/healthz");
      case KUBE_CONTROLLER_MANAGER -> own(traits.controllerManager());
      case KUBE_SCHEDULER -> own(traits.scheduler());
      case KUBELET -> plain(10248);
      case KUBE_PROXY -> plain(10256);
    };
  }

  /** A component that serves TLS with a certificate that it has signed itself, as RKE runs it. */
  private static Probe own(String place) {
    String[] parts = place.split(":", 2);
    return new Probe(parts[0], "localhost", Integer.parseInt(parts[1]), "/healthz", Trust.ANYONE);
  }

  private static Probe plain(int port) {
    return new Probe("http", "localhost", port, "/healthz");
  }
}
