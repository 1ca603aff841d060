package io.rke4j.core.phase.portcheck;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.phase.RemoveContainers;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.pki.Secured;
import io.rke4j.core.render.NginxProxy;
import io.rke4j.core.render.PortChecker;
import io.rke4j.core.render.PortListener;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Proof that the nodes reach each other: every host listens where its components will, and connects
 * to the ports of the others that its own components need. Done while there is a node that was
 * never part of the cluster, and then on all nodes. An earlier run may have begun to make a worker
 * of one that is of the control plane now: the proxy on it has the API server's port, and goes.
 *
 * @param secured the hosts and their certificates, which are issued at the same time
 * @param newNodes the nodes that were never part of the cluster
 * @param unfinished those of them that a run has begun to bring into it
 */
public record PortCheckPhase(Secured secured, Set<NodeName> newNodes, Set<NodeName> unfinished)
    implements PhaseUnit<Checked> {

  /** Copies the names. */
  public PortCheckPhase {
    newNodes = Set.copyOf(newNodes);
    unfinished = Set.copyOf(unfinished);
  }

  @Override
  public Phase phase() {
    return Phase.PORTCHECK;
  }

  @Override
  public List<Step> steps() {
    if (newNodes.isEmpty()) {
      return List.of();
    }
    List<Step> opens = new ArrayList<>();
    List<Step> probes = new ArrayList<>();
    List<Step> closes = new ArrayList<>();
    List<Step> removals = removals();
    Set<StepId> free = ids(removals);
    for (ClusterNode node : nodes()) {
      for (PortListener listener : listeners(node)) {
        opens.add(open(node, listener, free));
      }
    }
    Set<StepId> opened = ids(opens);
    nodes().forEach(node -> probes.add(probe(node, opened)));
    Set<StepId> probed = ids(probes);
    nodes().forEach(node -> closes.addAll(closes(node, probed)));
    List<Step> steps = new ArrayList<>(removals);
    steps.addAll(opens);
    steps.addAll(probes);
    steps.addAll(closes);
    return steps;
  }

  /** One after the other, in the order in which the planes start: everybody waits for etcd. */
  private static List<Step> closes(ClusterNode node, Set<StepId> probed) {
    List<Step> closes = new ArrayList<>();
    Set<StepId> before = probed;
    for (PortListener listener : listeners(node)) {
      Step close = new CloseListener(node.name(), before, listener);
      closes.add(close);
      before = Set.of(close.id());
    }
    return closes;
  }

  private List<Step> removals() {
    List<Step> removals = new ArrayList<>();
    for (ClusterNode node : secured.cluster().nodesWith(Role.CONTROL_PLANE)) {
      if (unfinished.contains(node.name())) {
        removals.add(
            new RemoveContainers(
                Steps.on(phase(), "remove-nginx-proxy", node.name()),
                node.name(),
                Set.of(secured.fleet().checked(node.name())),
                List.of(NginxProxy.NAME),
                name -> false));
      }
    }
    return removals;
  }

  private Step open(ClusterNode node, PortListener listener, Set<StepId> free) {
    return new OpenListener(
        secured.cluster(),
        node,
        Steps.all(free, Set.of(secured.fleet().pulled(node, SystemImage.ALPINE))),
        listener,
        engine -> listener.render(secured.cluster(), node, engine));
  }

  private Step probe(ClusterNode node, Set<StepId> opened) {
    List<String> targets = targets(node);
    return new ProbePorts(
        node.name(),
        opened,
        targets,
        engine -> new PortChecker(targets).render(secured.cluster(), node, engine));
  }

  /** What a node has to reach; see the port checks of RKE, which makes them one by one. */
  private List<String> targets(ClusterNode node) {
    Set<String> targets = new LinkedHashSet<>();
    Resolved cluster = secured.cluster();
    if (node.has(Role.ETCD)) {
      cluster.nodesWith(Role.ETCD).forEach(to -> targets.add(to.internalAddress() + ":2379"));
      cluster.nodesWith(Role.ETCD).forEach(to -> targets.add(to.internalAddress() + ":2380"));
    }
    if (node.has(Role.CONTROL_PLANE)) {
      cluster.nodesWith(Role.ETCD).forEach(to -> targets.add(to.internalAddress() + ":2379"));
      cluster.nodesWith(Role.WORKER).forEach(to -> targets.add(to.internalAddress() + ":10250"));
    }
    if (node.has(Role.WORKER)) {
      cluster
          .nodesWith(Role.CONTROL_PLANE)
          .forEach(to -> targets.add(to.internalAddress() + ":6443"));
    }
    return List.copyOf(targets);
  }

  private static List<PortListener> listeners(ClusterNode node) {
    return Stream.of(PortListener.values()).filter(l -> node.has(l.role())).toList();
  }

  private List<ClusterNode> nodes() {
    return secured.cluster().nodes();
  }

  private static Set<StepId> ids(List<Step> steps) {
    return Steps.ids(steps);
  }

  @Override
  public Checked result() {
    return new Checked(
        secured,
        newNodes.isEmpty() ? Set.of() : Steps.onEach(nodes(), node -> ProbePorts.id(node.name())));
  }
}
