package io.rke4j.core.phase.workerplane;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.kube.KubeApi;
import io.rke4j.core.phase.LastWords;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import io.rke4j.spi.runtime.ContainerFailedException;
import java.time.Duration;
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

  private static final Duration PATIENCE = Duration.ofMinutes(5);

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
        node ->
            node.marked() || (pending && node.ready() && !node.cordoned())
                ? UNCORDON
                : Decision.upToDate(),
        UNCORDON);
  }

  @Override
  public void apply(Host host, OperationContext context) {
    KubeApi kube = replacement.connection().api();
    try {
      context.waitUntil("node " + node() + " to be ready", PATIENCE, () -> kube.nodeReady(node()));
    } catch (WaitTimeoutException e) {
      throw new ContainerFailedException(
          "kubelet",
          node().value(),
          "did not get its node ready again within "
              + e.waited().toSeconds()
              + "s ("
              + e.lastSeen()
              + "); no further node is changed",
          "Its last log lines and the node's condition say why",
          LastWords.of(host.containers(), "kubelet"));
    }
    kube.rollout().uncordon(node());
  }
}
