package io.rke4j.core.phase.workerplane;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.kube.NodeMarks;
import io.rke4j.core.phase.LastWords;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import io.rke4j.spi.addon.KubeApiException;
import io.rke4j.spi.runtime.ContainerFailedException;
import io.rke4j.spi.runtime.ContainerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Waits until a node has registered, and gives it its labels, annotations and taints. A kubelet
 * registers when it starts and never again, so one whose node was deleted since is restarted.
 *
 * @param id names the step
 * @param after what must be done before
 * @param target the node
 * @param before what the user had given the node earlier
 * @param connection the cluster's API
 */
record SyncNode(
    StepId id, Set<StepId> after, ClusterNode target, NodeMarks before, KubeConnection connection)
    implements Step.OnNode {

  private static final String KUBELET = Component.KUBELET.container();

  /** Longer than any pause of a kubelet that tries to register. */
  private static final Duration WITHOUT_RESTART = Duration.ofSeconds(20);

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public NodeName node() {
    return target.name();
  }

  @Override
  public String title() {
    return "set labels, annotations and taints of " + target.name();
  }

  @Override
  public Decision inspect(HostView host) {
    return connection.decide(
        kube -> {
          List<String> differences =
              new ArrayList<>(kube.api().nodes().differences(target, before));
          if (!differences.isEmpty() && runsKubelet(host) && !kube.api().hasNode(target.name())) {
            differences.add("restart kubelet, so that it registers");
          }
          return differences.isEmpty()
              ? Decision.upToDate()
              : Decision.create(differences.toArray(String[]::new));
        },
        Decision.create("register the node, with labels and taints of its roles"));
  }

  private static boolean runsKubelet(HostView host) {
    return host.containers().state(KUBELET).filter(ContainerState::isRunning).isPresent();
  }

  @Override
  public void apply(Host host, OperationContext context) {
    try {
      await(WITHOUT_RESTART, context);
    } catch (WaitTimeoutException e) {
      host.containers().restart(KUBELET, context);
      awaitFinally(host, context);
    }
  }

  private void await(Duration patience, OperationContext context) {
    context.waitUntil("node " + target.name() + " to register", patience, this::sync);
  }

  private void awaitFinally(Host host, OperationContext context) {
    try {
      await(PATIENCE, context);
    } catch (WaitTimeoutException e) {
      throw new ContainerFailedException(
          KUBELET,
          target.name().value(),
          "did not register its node within " + e.waited().toSeconds() + "s (" + e.lastSeen() + ")",
          "Its last log lines say why",
          LastWords.of(host.containers(), KUBELET));
    }
  }

  private Observation sync() {
    try {
      connection.api().nodes().apply(target, before);
      return Observation.done();
    } catch (KubeApiException e) {
      if (e.status() != 404) {
        throw e;
      }
      return Observation.notYet("it is not there");
    }
  }
}
