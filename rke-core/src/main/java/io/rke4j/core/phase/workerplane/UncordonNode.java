package io.rke4j.core.phase.workerplane;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.kube.KubeApi;
import io.rke4j.core.phase.NodeReadiness;
import io.rke4j.spi.OperationContext;
import java.util.Set;

/**
 * Waits until a node that was changed is ready, and lets pods onto it again; the next nodes wait
 * for that. Also one that an earlier run has left behind.
 *
 * @param id names the step
 * @param after what must be done before
 * @param replacement what was replaced
 */
record UncordonNode(StepId id, Set<StepId> after, Replacement replacement) implements Step.OnNode {

  private static final Decision.Change UNCORDON =
      Decision.followUp("wait until the node is ready, and let pods onto it again");

  @Override
  public NodeName node() {
    return replacement.node();
  }

  @Override
  public String title() {
    return "uncordon " + node();
  }

  @Override
  public Decision inspect(HostView host) {
    boolean pending = replacement.isPending(host);
    return replacement.decide(
        node -> node.marked() || (pending && node.isOpen()) ? UNCORDON : Decision.upToDate(),
        UNCORDON);
  }

  @Override
  public void apply(Host host, OperationContext context) {
    KubeApi kube = replacement.connection().api();
    if (replacement.standing().marked()) {
      NodeReadiness.await(node(), kube, host, context, "; no further node is changed");
      kube.rollout().uncordon(node());
    }
  }
}
