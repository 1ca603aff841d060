package io.rke4j.core.phase.workerplane;

import static io.rke4j.core.cluster.Component.KUBELET;
import static io.rke4j.core.cluster.Component.KUBE_PROXY;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.NodeMarks;
import io.rke4j.core.phase.Components;
import io.rke4j.core.phase.RunContainer;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.controlplane.KubeAccess;
import io.rke4j.core.phase.files.Equipped;
import io.rke4j.core.render.KubeProxy;
import io.rke4j.core.render.Kubelet;
import io.rke4j.core.render.NginxProxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Kubelet and kube-proxy on every node, the proxy to the API servers where there is none, and what
 * Kubernetes has to know of each node. In a cluster that runs, one node changes at a time.
 *
 * @param kube the cluster's API
 * @param marksBefore labels and taints that the user gave the nodes earlier
 * @param established whether the cluster has run before
 */
public record WorkerPlanePhase(
    KubeAccess kube, Map<NodeName, NodeMarks> marksBefore, boolean established)
    implements PhaseUnit<NodesJoined> {

  /** Copies the map. */
  public WorkerPlanePhase {
    marksBefore = Map.copyOf(marksBefore);
  }

  @Override
  public Phase phase() {
    return Phase.WORKER_PLANE;
  }

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    Set<StepId> previous = Set.of();
    for (ClusterNode node : cluster().nodes()) {
      steps.addAll(nodeSteps(node, previous));
      previous = established ? Set.of(result().synced(node)) : Set.of();
    }
    return steps;
  }

  private List<Step> nodeSteps(ClusterNode node, Set<StepId> previous) {
    Components components = new Components(phase(), cluster());
    List<Step> steps = new ArrayList<>();
    Set<StepId> ready = new HashSet<>(previous);
    ready.add(kube.authorized());
    ready.addAll(equipped().placed(node.name()));
    ready.addAll(equipped().loggedIn(node.name()));
    ready.addAll(equipped().checked().closed());
    ready.add(equipped().fleet().pulled(node, SystemImage.KUBERNETES));
    ready.add(equipped().fleet().pulled(node, SystemImage.POD_INFRA_CONTAINER));
    if (node.has(Role.CONTROL_PLANE)) {
      ready.add(Steps.on(Phase.CONTROL_PLANE, "create-service-sidekick", node.name()));
    } else {
      Step sidekick =
          components.sidekick(
              node, equipped().readyFor(SystemImage.KUBERNETES_SERVICES_SIDECAR, node));
      Step proxy = nginxProxy(node);
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
    steps.add(
        new LinkLogs(
            node.name(),
            Set.of(components.healthy(KUBELET, node), components.healthy(KUBE_PROXY, node)),
            cluster().image(SystemImage.ALPINE)));
    return steps;
  }

  private Step nginxProxy(ClusterNode node) {
    return new RunContainer(
        Steps.on(phase(), "run-nginx-proxy", node.name()),
        node.name(),
        Steps.all(
            equipped().checked().closed(),
            Set.of(
                equipped().secured().issued(),
                equipped().fleet().pulled(node, SystemImage.NGINX_PROXY))),
        engine -> new NginxProxy().render(cluster(), node, engine));
  }

  private Equipped equipped() {
    return kube.equipped();
  }

  private Resolved cluster() {
    return kube.cluster();
  }

  @Override
  public NodesJoined result() {
    return new NodesJoined(kube);
  }
}
