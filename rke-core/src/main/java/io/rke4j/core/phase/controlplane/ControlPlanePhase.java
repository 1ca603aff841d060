package io.rke4j.core.phase.controlplane;

import static io.rke4j.core.cluster.Component.KUBE_APISERVER;
import static io.rke4j.core.cluster.Component.KUBE_CONTROLLER_MANAGER;
import static io.rke4j.core.cluster.Component.KUBE_SCHEDULER;

import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.phase.Components;
import io.rke4j.core.phase.CreateContainer;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.etcd.EtcdRunning;
import io.rke4j.core.render.KubeApiServer;
import io.rke4j.core.render.KubeControllerManager;
import io.rke4j.core.render.KubeScheduler;
import io.rke4j.core.render.ServiceSidekick;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * API servers, controller managers and schedulers. An API server waits for etcd by itself, so in a
 * new cluster it starts with it; the two others would give up without an API server, and start when
 * it answers. In a cluster that runs, one host changes at a time.
 *
 * @param etcd the fleet with etcd
 * @param connection how the API is reached
 * @param established whether the cluster has run before
 */
public record ControlPlanePhase(EtcdRunning etcd, KubeConnection connection, boolean established)
    implements PhaseUnit<KubeAccess> {

  @Override
  public Phase phase() {
    return Phase.CONTROL_PLANE;
  }

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    Set<StepId> previous = established ? etcd.healthy() : etcd.started();
    for (ClusterNode node : cluster().nodesWith(Role.CONTROL_PLANE)) {
      steps.addAll(hostSteps(node, previous));
      previous = established ? result().healthy(node) : previous;
    }
    steps.add(
        new Authorize(
            result().authorized(),
            firstStarted(),
            connection,
            cluster().spec().access().authorization()));
    return steps;
  }

  private List<Step> hostSteps(ClusterNode node, Set<StepId> previous) {
    Components components = new Components(phase(), cluster());
    Step sidekick = sidekick(node);
    Set<StepId> ready =
        Steps.all(
            previous,
            etcd.equipped().placed(node.name()),
            etcd.equipped().checked().closed(),
            Set.of(sidekick.id(), etcd.equipped().fleet().pulled(node, SystemImage.KUBERNETES)));
    Set<StepId> answers = Set.of(components.healthy(KUBE_APISERVER, node));
    return List.of(
        sidekick,
        components.run(KUBE_APISERVER, node, new KubeApiServer(), ready),
        components.await(KUBE_APISERVER, node, etcd.healthy()),
        components.run(KUBE_CONTROLLER_MANAGER, node, new KubeControllerManager(), answers),
        components.run(KUBE_SCHEDULER, node, new KubeScheduler(), answers),
        components.await(KUBE_CONTROLLER_MANAGER, node, Set.of()),
        components.await(KUBE_SCHEDULER, node, Set.of()));
  }

  private Step sidekick(ClusterNode node) {
    return new CreateContainer(
        Steps.on(phase(), "create-service-sidekick", node.name()),
        node.name(),
        Steps.all(
            etcd.equipped().checked().probed(),
            Set.of(
                etcd.equipped().secured().issued(),
                etcd.equipped().fleet().pulled(node, SystemImage.KUBERNETES_SERVICES_SIDECAR))),
        engine -> new ServiceSidekick().render(cluster(), node, engine));
  }

  /**
   * Whoever asks for the rights waits for the API server anyway; so its client is ready by then.
   */
  private Set<StepId> firstStarted() {
    ClusterNode first = cluster().nodesWith(Role.CONTROL_PLANE).get(0);
    return Set.of(new Components(phase(), cluster()).started(KUBE_APISERVER, first));
  }

  private Resolved cluster() {
    return etcd.cluster();
  }

  @Override
  public KubeAccess result() {
    return new KubeAccess(etcd, connection);
  }
}
