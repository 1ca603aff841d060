package io.rke4j.core.phase.workerplane;

import io.rke4j.api.cluster.Drain;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.kube.NodeDrain;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import java.util.List;
import java.util.Set;

/**
 * Has the pods of a node leave before its kubelet or a proxy is replaced.
 *
 * @param replacement what is replaced
 * @param drain which pods may go, and how long that may take
 */
record DrainNode(Replacement replacement, Drain.On drain) implements Step.OnNode {

  private static final Decision.Change DRAIN = Decision.replace(List.of("evict the node's pods"));

  static StepId id(NodeName node) {
    return Steps.on(Phase.WORKER_PLANE, "drain-node", node);
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
  public Set<StepId> after() {
    return Set.of(CordonNode.id(node()));
  }

  @Override
  public String title() {
    return "drain " + node();
  }

  @Override
  public Decision inspect(HostView host) {
    return replacement.isPending(host)
        ? replacement.decide(node -> node.ready() ? DRAIN : Decision.upToDate(), DRAIN)
        : Decision.upToDate();
  }

  @Override
  public void apply(Host host, OperationContext context) {
    if (replacement.standing().ready()) {
      drain(replacement.connection(), node(), drain, context);
    }
  }

  /**
   * Evicts the pods of a node and waits until they have ended.
   *
   * @throws DrainFailedException if pods hold it back, or it takes too long
   */
  static void drain(KubeConnection kube, NodeName node, Drain.On drain, OperationContext context) {
    NodeDrain pods = kube.api().drain(node, drain);
    if (!pods.obstacles().isEmpty()) {
      throw new DrainFailedException(
          node.value(),
          "pods hold it back: " + pods.obstacles().get(0),
          "Set force, delete_local_data or ignore_daemonsets of node_drain_input, or move the pods",
          pods.obstacles());
    }
    try {
      context.waitUntil("the pods of node " + node + " to leave", drain.timeout(), pods::advance);
    } catch (WaitTimeoutException e) {
      throw new DrainFailedException(
          node.value(),
          "after " + e.waited().toSeconds() + "s: " + e.lastSeen(),
          "Mend what holds them, or give them a longer timeout, and apply again",
          List.of());
    }
  }
}
