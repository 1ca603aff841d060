package io.rke4j.core.phase.workerplane;

import io.rke4j.api.cluster.Drain;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.state.NodeRecord;
import io.rke4j.spi.node.NodeDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Workers that leave a cluster that runs: first their pods, then the node in Kubernetes, then the
 * machine. What is done of this by then is not done again, so a run that was cut off is continued
 * by the next; the node is part of the record until nothing is left of it.
 *
 * @param nodes who leaves; all on machines that the driver has made
 * @param driver has made their machines
 * @param removed hears of each when nothing is left of it
 */
public record Leavers(List<NodeRecord> nodes, NodeDriver driver, Consumer<NodeName> removed) {

  /**
   * Unless the user says how: whoever has a machine taken away means what is on it, too, and
   * metrics-server itself keeps some; a pod that nothing brings back still holds the node.
   */
  private static final Drain.On USUAL = new Drain.On(false, true, true, -1, Duration.ofMinutes(2));

  /** Copies the nodes. */
  public Leavers {
    nodes = List.copyOf(nodes);
  }

  /** The ends of what is done about them. */
  Set<StepId> ends() {
    return nodes.stream()
        .map(node -> RetireMachine.id(node.name()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Pods that nothing would bring back hold a node unless the user says otherwise. */
  List<Step> steps(Set<StepId> after, KubeConnection kube, Drain drain) {
    Drain.On settings = drain instanceof Drain.On on ? on : USUAL;
    List<Step> steps = new ArrayList<>();
    for (NodeRecord node : nodes) {
      steps.add(new EvictPods(node.name(), after, kube, settings));
      steps.add(new DeleteNode(node.name(), kube));
      steps.add(new RetireMachine(node.asMade(), driver, removed));
    }
    return steps;
  }
}
