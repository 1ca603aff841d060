package io.rke4j.core.phase.workerplane;

import io.rke4j.api.cluster.Drain;
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
 * Has the pods of a node leave that leaves itself. One that is not ready cannot end its pods any
 * more, so nobody waits for them.
 *
 * @param node the node
 * @param after what must be done before
 * @param kube the cluster's API
 * @param drain which pods may go, and how long that may take
 */
record EvictPods(NodeName node, Set<StepId> after, KubeConnection kube, Drain.On drain)
    implements Step.OnCluster {

  private static final Decision.Change EVICT =
      Decision.remove("let no further pods onto the node, evict those it has");

  EvictPods {
    after = Set.copyOf(after);
  }

  static StepId id(NodeName node) {
    return Steps.on(Phase.WORKER_PLANE, "evict-pods", node);
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
  public String title() {
    return "evict the pods of " + node;
  }

  @Override
  public Decision inspect() {
    return kube.decide(open -> isReady() ? EVICT : Decision.upToDate(), EVICT);
  }

  @Override
  public void apply(OperationContext context) {
    if (isReady()) {
      kube.api().rollout().cordon(node);
      DrainNode.drain(kube, node, drain, context);
    }
  }

  private boolean isReady() {
    return kube.api().rollout().standing(node).ready();
  }
}
