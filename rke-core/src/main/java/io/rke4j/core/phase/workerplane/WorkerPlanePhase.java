package io.rke4j.core.phase.workerplane;

import static io.rke4j.core.cluster.Component.KUBELET;
import static io.rke4j.core.cluster.Component.KUBE_CONTROLLER_MANAGER;
import static io.rke4j.core.cluster.Component.KUBE_PROXY;
import static io.rke4j.core.cluster.Component.KUBE_SCHEDULER;

import io.rke4j.api.cluster.Drain;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.NodeMarks;
import io.rke4j.core.phase.Batches;
import io.rke4j.core.phase.Components;
import io.rke4j.core.phase.RemoveContainers;
import io.rke4j.core.phase.RunContainer;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.controlplane.KubeAccess;
import io.rke4j.core.phase.files.Equipped;
import io.rke4j.core.render.KubeProxy;
import io.rke4j.core.render.Kubelet;
import io.rke4j.core.render.NginxProxy;
import io.rke4j.core.render.PortListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Kubelet and kube-proxy on every node, the proxy to the API servers where there is none, and what
 * Kubernetes has to know of each node. In a cluster that runs, nodes change batch after batch, and
 * those whose containers are replaced get no further pods meanwhile.
 *
 * @param kube the cluster's API
 * @param marksBefore labels and taints that the user gave the nodes earlier
 * @param established whether the cluster has run before
 * @param unfinished the nodes that a run has begun to bring into it that has not come to its end
 * @param leavers nodes that leave it
 */
public record WorkerPlanePhase(
    KubeAccess kube,
    Map<NodeName, NodeMarks> marksBefore,
    boolean established,
    Set<NodeName> unfinished,
    Leavers leavers)
    implements PhaseUnit<NodesJoined> {

  /** Copies the collections. */
  public WorkerPlanePhase {
    marksBefore = Map.copyOf(marksBefore);
    unfinished = Set.copyOf(unfinished);
  }

  @Override
  public Phase phase() {
    return Phase.WORKER_PLANE;
  }

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    if (!established) {
      cluster().nodes().forEach(node -> steps.addAll(nodeSteps(node, kube.writing())));
      steps.addAll(leaving(kube.healthy(cluster().nodesWith(Role.CONTROL_PLANE))));
      return steps;
    }
    // Kubernetes does not allow kubelets that are newer than an API server.
    Set<StepId> previous =
        Steps.all(kube.healthy(cluster().nodesWith(Role.CONTROL_PLANE)), kube.writing());
    for (List<ClusterNode> batch : Batches.ofAll(cluster())) {
      Set<StepId> before = previous;
      batch.forEach(node -> steps.addAll(changedNodeSteps(node, before)));
      previous = Steps.onEach(batch, result()::released);
    }
    // Their pods have somewhere to go when all others are as they are to be.
    steps.addAll(leaving(previous));
    return steps;
  }

  private List<Step> leaving(Set<StepId> after) {
    return leavers.steps(after, kube.connection(), cluster().spec().rollout().drain());
  }

  /** What comes before the containers of a node that may run pods, and what after them. */
  private List<Step> changedNodeSteps(ClusterNode node, Set<StepId> previous) {
    Drain drain = cluster().spec().rollout().drain();
    Set<StepId> begun =
        Set.of(drain instanceof Drain.On ? DrainNode.id(node.name()) : CordonNode.id(node.name()));
    List<Step> changes = nodeSteps(node, begun);
    Replacement replacement = new Replacement(node.name(), replaced(changes), kube.connection());
    List<Step> steps = new ArrayList<>();
    steps.add(new CordonNode(Steps.all(previous, readyFor(node)), replacement));
    if (drain instanceof Drain.On on) {
      steps.add(new DrainNode(replacement, on));
    }
    steps.addAll(changes);
    steps.add(
        new UncordonNode(
            result().released(node),
            Set.of(result().synced(node), components().healthy(KUBE_PROXY, node)),
            replacement));
    return steps;
  }

  private static List<Step.OnNode> replaced(List<Step> steps) {
    return steps.stream()
        .filter(RunContainer.class::isInstance)
        .map(Step.OnNode.class::cast)
        .toList();
  }

  /** Nothing that takes its time is left for the moment when the node gets no pods. */
  private Set<StepId> readyFor(ClusterNode node) {
    return Steps.all(
        Set.of(
            kube.authorized(),
            equipped().fleet().pulled(node, SystemImage.KUBERNETES),
            equipped().fleet().pulled(node, SystemImage.POD_INFRA_CONTAINER)),
        equipped().placed(node.name()),
        equipped().loggedIn(node.name()),
        equipped().checked().freed(node, PortListener.WORKER));
  }

  private List<Step> nodeSteps(ClusterNode node, Set<StepId> previous) {
    Components components = components();
    List<Step> steps = new ArrayList<>();
    Set<StepId> ready = new HashSet<>(previous);
    ready.addAll(readyFor(node));
    if (node.has(Role.CONTROL_PLANE)) {
      ready.add(Steps.on(Phase.CONTROL_PLANE, "create-service-sidekick", node.name()));
      // A kubelet that starts beside it delays its controllers, for which all deploy Jobs wait.
      ready.add(Steps.on(Phase.CONTROL_PLANE, "await-kube-controller-manager", node.name()));
    } else {
      Step sidekick =
          components.sidekick(
              node,
              Steps.all(
                  previous, equipped().readyFor(SystemImage.KUBERNETES_SERVICES_SIDECAR, node)));
      Set<StepId> free = previous;
      if (unfinished.contains(node.name())) {
        Step former = noControlPlane(node);
        steps.add(former);
        free = Steps.all(previous, Set.of(former.id()));
      }
      Step proxy = nginxProxy(node, free);
      steps.add(sidekick);
      steps.add(proxy);
      ready.add(sidekick.id());
      ready.add(proxy.id());
    }
    steps.add(components.run(KUBELET, node, new Kubelet(), ready));
    steps.add(components.await(KUBELET, node, Set.of()));
    steps.add(
        new SyncNode(
            result().synced(node),
            Set.of(components.healthy(KUBELET, node)),
            node,
            marksBefore.getOrDefault(node.name(), NodeMarks.none()),
            kube.connection()));
    // It asks for its node's address, and pauses for seconds if there is no such node yet.
    Set<StepId> synced = Set.of(result().synced(node));
    steps.add(components.run(KUBE_PROXY, node, new KubeProxy(), synced));
    steps.add(components.await(KUBE_PROXY, node, Set.of()));
    steps.add(new LinkLogs(node.name(), logged(node), cluster().image(SystemImage.ALPINE)));
    return steps;
  }

  /** Every container has its final identifier by then, by which its log is named. */
  private Set<StepId> logged(ClusterNode node) {
    Set<StepId> own =
        Set.of(components().healthy(KUBELET, node), components().healthy(KUBE_PROXY, node));
    if (!node.has(Role.CONTROL_PLANE)) {
      return own;
    }
    Components controlPlane = new Components(Phase.CONTROL_PLANE, cluster());
    return Steps.all(
        own,
        Set.of(
            controlPlane.started(KUBE_CONTROLLER_MANAGER, node),
            controlPlane.started(KUBE_SCHEDULER, node)));
  }

  /**
   * An earlier run may have begun to make the node one of the control plane. Its API server has the
   * port that the proxy needs, and would not hear of new keys.
   */
  private Step noControlPlane(ClusterNode node) {
    return new RemoveContainers(
        Steps.on(phase(), "remove-control-plane", node.name()),
        node.name(),
        equipped().checked().probed(),
        Component.ofControlPlane(),
        name -> false);
  }

  private Step nginxProxy(ClusterNode node, Set<StepId> previous) {
    return new RunContainer(
        Steps.on(phase(), "run-nginx-proxy", node.name()),
        node.name(),
        Steps.all(
            previous,
            equipped().checked().freed(node, PortListener.WORKER),
            Set.of(
                equipped().secured().issued(),
                equipped().fleet().pulled(node, SystemImage.NGINX_PROXY))),
        engine -> new NginxProxy().render(cluster(), node, engine));
  }

  private Components components() {
    return new Components(phase(), cluster());
  }

  private Equipped equipped() {
    return kube.equipped();
  }

  private Resolved cluster() {
    return kube.cluster();
  }

  @Override
  public NodesJoined result() {
    return new NodesJoined(kube, leavers.ends());
  }
}
