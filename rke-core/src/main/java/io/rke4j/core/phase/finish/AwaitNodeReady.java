package io.rke4j.core.phase.finish;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.phase.LastWords;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import io.rke4j.spi.runtime.ContainerFailedException;
import io.rke4j.spi.runtime.ContainerState;
import io.rke4j.spi.runtime.ContainerView;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Waits until Kubernetes reports a node as ready, and has heard so from the kubelet that runs now.
 *
 * @param node the node
 * @param after what must be done before
 * @param connection the cluster's API
 * @param ready hears of the node when it is ready
 */
record AwaitNodeReady(
    NodeName node, Set<StepId> after, KubeConnection connection, Consumer<NodeName> ready)
    implements Step.OnNode {

  private static final String KUBELET = Component.KUBELET.container();
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
        kube ->
            kube.api().nodeReady(node, startOfKubelet(host.containers())).reached()
                ? Decision.upToDate()
                : expected,
        expected);
  }

  /** What lies in the future was written by a clock that has been put right since. */
  private static Instant startOfKubelet(ContainerView containers) {
    return containers
        .state(KUBELET)
        .map(ContainerState::startedAt)
        .filter(start -> !start.isAfter(Instant.now()))
        .orElse(Instant.EPOCH);
  }

  @Override
  public void apply(Host host, OperationContext context) {
    try {
      context.waitUntil(
          "node " + node + " to be ready",
          PATIENCE,
          () -> connection.api().nodeReady(node, startOfKubelet(host.containers())));
    } catch (WaitTimeoutException e) {
      throw new ContainerFailedException(
          KUBELET,
          node.value(),
          "did not get its node ready within "
              + e.waited().toSeconds()
              + "s ("
              + e.lastSeen()
              + ")",
          "Its last log lines and the node's condition say why",
          LastWords.of(host.containers(), KUBELET));
    }
    ready.accept(node);
  }
}
