package io.rke4j.core.phase.workerplane;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.OperationContext;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a node out of Kubernetes.
 *
 * @param node the node
 * @param kube the cluster's API
 */
record DeleteNode(NodeName node, KubeConnection kube) implements Step.OnCluster {

  private static final Decision.Change DELETE = Decision.remove("delete the node from Kubernetes");

  static StepId id(NodeName node) {
    return Steps.on(Phase.WORKER_PLANE, "delete-node", node);
  }

  @Override
  public StepId id() {
    return id(node);
  }

  @Override
  public Optional<NodeName> worksOn() {
    return Optional.of(node);
  }

  @Override
  public Set<StepId> after() {
    return Set.of(EvictPods.id(node));
  }

  @Override
  public String title() {
    return "delete node " + node;
  }

  @Override
  public Decision inspect() {
    return kube.decide(open -> open.api().hasNode(node) ? DELETE : Decision.upToDate(), DELETE);
  }

  @Override
  public void apply(OperationContext context) {
    kube.api().deleteNode(node);
  }
}
