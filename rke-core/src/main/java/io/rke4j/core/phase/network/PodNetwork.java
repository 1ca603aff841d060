package io.rke4j.core.phase.network;

import io.rke4j.api.cluster.DeployerAccount;
import io.rke4j.api.cluster.NetworkPlugin;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.workerplane.NodesJoined;
import java.util.HashSet;
import java.util.Set;

/**
 * A cluster with its pod network.
 *
 * @param nodes the cluster whose nodes have registered
 */
public record PodNetwork(NodesJoined nodes) {

  static final StepId AUTHORIZE = Steps.once(Phase.NETWORK, "authorize-deployer");
  static final StepId DEPLOY = Steps.once(Phase.NETWORK, "deploy-network-plugin");

  /** The cluster. */
  public Resolved cluster() {
    return nodes.cluster();
  }

  /** The cluster's API. */
  public KubeConnection connection() {
    return nodes.kube().connection();
  }

  /** A deploy Job can run: its node is there, and so are those that make its pod. */
  public Set<StepId> ready() {
    ClusterNode first = cluster().nodesWith(Role.CONTROL_PLANE).get(0);
    Set<StepId> ready = new HashSet<>(nodes.kube().healthy(first));
    ready.add(nodes.synced(first));
    if (cluster().spec().addons().deployer() == DeployerAccount.GOES) {
      ready.add(AUTHORIZE);
    }
    return Set.copyOf(ready);
  }

  /** The network plugin is deployed; nothing to wait for if there is none. */
  public Set<StepId> deployed() {
    return cluster().spec().network().plugin() == NetworkPlugin.NONE ? Set.of() : Set.of(DEPLOY);
  }
}
