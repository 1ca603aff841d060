package io.rke4j.core.render;

import io.rke4j.api.cluster.Role;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import java.util.ArrayList;
import java.util.List;

/** Which containers a node has for good. */
final class NodeContainers {

  private NodeContainers() {}

  /** The containers that make a node what its roles say, in the order in which they start. */
  static List<ContainerRenderer> of(Resolved cluster, ClusterNode node) {
    List<ContainerRenderer> containers = new ArrayList<>();
    if (node.has(Role.ETCD)) {
      containers.add(Etcd.founding());
      if (cluster.spec().services().etcd().snapshots().enabled()) {
        containers.add(new EtcdSnapshots());
      }
    }
    if (!node.has(Role.CONTROL_PLANE)) {
      containers.add(new NginxProxy());
    }
    containers.add(new ServiceSidekick());
    if (node.has(Role.CONTROL_PLANE)) {
      containers.add(new KubeApiServer());
      containers.add(new KubeControllerManager());
      containers.add(new KubeScheduler());
    }
    containers.add(new Kubelet());
    containers.add(new KubeProxy());
    return List.copyOf(containers);
  }
}
