package io.rke4j.core.phase.workerplane;

import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.controlplane.KubeAccess;
import java.util.Set;

/**
 * A cluster whose nodes have registered.
 *
 * @param kube the cluster's API
 * @param left the ends of what is done about nodes that leave
 */
public record NodesJoined(KubeAccess kube, Set<StepId> left) {

  /** Copies the ids. */
  public NodesJoined {
    left = Set.copyOf(left);
  }

  /** The cluster. */
  public Resolved cluster() {
    return kube.cluster();
  }

  /** The node is registered, with its labels, annotations and taints. */
  public StepId synced(ClusterNode node) {
    return Steps.on(Phase.WORKER_PLANE, "sync-node", node.name());
  }

  /** Whatever was to change on the node has changed, and pods may come to it. */
  public StepId released(ClusterNode node) {
    return Steps.on(Phase.WORKER_PLANE, "uncordon-node", node.name());
  }

  /** All nodes are registered, and no others. */
  public Set<StepId> allSynced() {
    return Steps.all(Steps.onEach(cluster().nodes(), this::synced), left);
  }
}
