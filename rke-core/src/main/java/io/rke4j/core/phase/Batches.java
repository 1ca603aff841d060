package io.rke4j.core.phase;

import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Rollout;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import java.util.ArrayList;
import java.util.List;

/** Which nodes of a cluster that runs are changed at the same time, in the order of RKE. */
public final class Batches {

  private Batches() {}

  /** The control plane. */
  public static List<List<ClusterNode>> ofControlPlane(Resolved cluster) {
    List<ClusterNode> nodes = cluster.nodesWith(Role.CONTROL_PLANE);
    return cut(nodes, rollout(cluster).controlPlane().of(nodes.size()));
  }

  /**
   * All nodes: those of the control plane, those of etcd one at a time, and all others. A share of
   * the workers is one of all that are workers, whatever else they are.
   */
  public static List<List<ClusterNode>> ofAll(Resolved cluster) {
    List<ClusterNode> others =
        cluster.nodes().stream().filter(node -> !node.has(Role.CONTROL_PLANE)).toList();
    int workers = cluster.nodesWith(Role.WORKER).size();
    List<List<ClusterNode>> batches = new ArrayList<>(ofControlPlane(cluster));
    batches.addAll(cut(others.stream().filter(node -> node.has(Role.ETCD)).toList(), 1));
    batches.addAll(
        cut(
            others.stream().filter(node -> !node.has(Role.ETCD)).toList(),
            rollout(cluster).workers().of(workers)));
    return batches;
  }

  private static Rollout rollout(Resolved cluster) {
    return cluster.spec().rollout();
  }

  private static List<List<ClusterNode>> cut(List<ClusterNode> nodes, int size) {
    List<List<ClusterNode>> batches = new ArrayList<>();
    for (int begin = 0; begin < nodes.size(); begin += size) {
      batches.add(List.copyOf(nodes.subList(begin, Math.min(begin + size, nodes.size()))));
    }
    return batches;
  }
}
