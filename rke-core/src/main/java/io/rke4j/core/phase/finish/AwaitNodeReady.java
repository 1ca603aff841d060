package io.rke4j.core.phase.finish;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.phase.LastWords;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import io.rke4j.spi.runtime.ContainerFailedException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Waits until Kubernetes reports a node as ready.
 *
 * @param node the node
 * @param after what must be done before
 * @param connection the cluster's API
 * @param ready hears of the node when it is ready
 */
record AwaitNodeReady(
    NodeName node, Set<StepId> after, KubeConnection connection, Consumer<NodeName> ready)
    implements Step.OnNode {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  static StepId id(NodeName node) {
    return Steps.on(Phase.FINISH, "await-ready", node);
  }

  @Override
  public StepId id() {
    return id(node);
  }

  @Override
  public String title() {
    return "wait until node " + node + " is ready";
  }

  @Override
  public Decision inspect(HostView host) {
    Decision.Change expected = Decision.followUp("wait until the node is ready");
    return connection.decide(
        kube -> kube.api().nodeReady(node).reached() ? Decision.upToDate() : expected, expected);
  }

  @Override
  public void apply(Host host, OperationContext context) {
    try {
      context.waitUntil(
          "node " + node + " to be ready", PATIENCE, () -> connection.api().nodeReady(node));
    } catch (WaitTimeoutException e) {
      throw new ContainerFailedException(
          "kubelet",
          node.value(),
          "did not get its node ready within "
              + e.waited().toSeconds()
              + "s ("
              + e.lastSeen()
              + ")",
          "Its last log lines and the node's condition say why",
          LastWords.of(host.containers(), "kubelet"));
    }
    ready.accept(node);
  }
}
