package io.rke4j.core.phase.workerplane;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.OperationContext;
import java.util.List;
import java.util.Set;

/**
 * Lets no further pods onto a node while its kubelet or a proxy is replaced.
 *
 * @param after what must be done before
 * @param replacement what is replaced
 */
record CordonNode(Set<StepId> after, Replacement replacement) implements Step.OnNode {

  private static final Decision.Change CORDON =
      Decision.replace(List.of("let no further pods onto the node"));

  static StepId id(NodeName node) {
    return Steps.on(Phase.WORKER_PLANE, "cordon-node", node);
  }

  @Override
  public StepId id() {
    return id(node());
  }

  @Override
  public NodeName node() {
    return replacement.node();
  }

  @Override
  public String title() {
    return "cordon " + node();
  }

  @Override
  public Decision inspect(HostView host) {
    return replacement.isPending(host)
        ? replacement.decide(node -> node.isOpen() ? CORDON : Decision.upToDate(), CORDON)
        : Decision.upToDate();
  }

  @Override
  public void apply(Host host, OperationContext context) {
    if (replacement.standing().isOpen()) {
      replacement.connection().api().rollout().cordon(node());
    }
  }
}
