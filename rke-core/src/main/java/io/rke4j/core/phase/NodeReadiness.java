package io.rke4j.core.phase;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.host.Host;
import io.rke4j.core.kube.KubeApi;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import io.rke4j.spi.runtime.ContainerFailedException;
import io.rke4j.spi.runtime.ContainerState;
import io.rke4j.spi.runtime.ContainerView;
import java.time.Duration;
import java.time.Instant;

/** Whether Kubernetes has a node for ready, by word of the kubelet that runs now. */
public final class NodeReadiness {

  private static final String KUBELET = Component.KUBELET.container();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private NodeReadiness() {}

  /** How it stands, as the host has its kubelet. */
  public static Observation of(NodeName node, KubeApi kube, ContainerView containers) {
    return kube.nodeReady(node, startOfKubelet(containers));
  }

  /** What lies in the future was written by a clock that has been put right since. */
  private static Instant startOfKubelet(ContainerView containers) {
    return containers
        .state(KUBELET)
        .map(ContainerState::startedAt)
        .filter(start -> !start.isAfter(Instant.now()))
        .orElse(Instant.EPOCH);
  }

  /**
   * Waits until the node is ready.
   *
   * @param otherwise what follows if it does not get so, as it reads after the reason; may be empty
   * @throws ContainerFailedException if it is not within five minutes
   */
  public static void await(
      NodeName node, KubeApi kube, Host host, OperationContext context, String otherwise) {
    try {
      context.waitUntil(
          "node " + node + " to be ready", PATIENCE, () -> of(node, kube, host.containers()));
    } catch (WaitTimeoutException e) {
      throw new ContainerFailedException(
          KUBELET,
          node.value(),
          "did not get its node ready within %ss (%s)%s"
              .formatted(e.waited().toSeconds(), e.lastSeen(), otherwise),
          "Its last log lines and the node's condition say why",
          LastWords.of(host.containers(), KUBELET));
    }
  }
}
