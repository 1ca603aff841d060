package io.rke4j.core.phase.controlplane;

import static io.rke4j.core.cluster.Component.KUBE_APISERVER;
import static io.rke4j.core.cluster.Component.KUBE_CONTROLLER_MANAGER;
import static io.rke4j.core.cluster.Component.KUBE_SCHEDULER;

import io.rke4j.api.cluster.DeployerAccount;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.phase.Batches;
import io.rke4j.core.phase.Components;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.etcd.EtcdRunning;
import io.rke4j.core.phase.files.EncryptionFiles;
import io.rke4j.core.render.KubeApiServer;
import io.rke4j.core.render.KubeControllerManager;
import io.rke4j.core.render.KubeScheduler;
import io.rke4j.core.render.PortListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * API servers, controller managers and schedulers. A new cluster's API servers start as soon as
 * every etcd member is started: they look for etcd often, and for long enough. The others start
 * when the API answers: one that starts earlier pauses for seconds before it looks again. The
 * controller manager goes before the scheduler, since its controllers need more than ten seconds to
 * begin and every deploy Job waits for them. In a cluster that runs, hosts change batch after
 * batch.
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
    EncryptionSteps encryption =
        new EncryptionSteps(
            new Components(phase(), cluster()),
            etcd.equipped(),
            new EncryptionFiles(etcd.equipped().checked(), established),
            connection);
    List<Step> steps = new ArrayList<>(encryption.beforeStart());
    Set<StepId> previous =
        Steps.all(established ? etcd.healthy() : etcd.started(), Steps.ids(steps));
    for (List<ClusterNode> batch : batches()) {
      Set<StepId> before = previous;
      batch.forEach(node -> steps.addAll(hostSteps(node, before)));
      previous = result().healthy(batch);
    }
    steps.addAll(encryption.afterStart());
    steps.add(
        new Authorize(
            result().authorized(),
            firstStarted(),
            connection,
            cluster().spec().access().authorization(),
            cluster().spec().services().kubeApi().admission().podSecurityPolicy(),
            !established || cluster().spec().addons().deployer() == DeployerAccount.STAYS));
    return steps;
  }

  private List<List<ClusterNode>> batches() {
    return established
        ? Batches.ofControlPlane(cluster())
        : List.of(cluster().nodesWith(Role.CONTROL_PLANE));
  }

  private List<Step> hostSteps(ClusterNode node, Set<StepId> previous) {
    Components components = new Components(phase(), cluster());
    Step sidekick =
        components.sidekick(
            node, etcd.equipped().readyFor(SystemImage.KUBERNETES_SERVICES_SIDECAR, node));
    Set<StepId> ready =
        Steps.all(
            previous,
            etcd.equipped().placed(node.name()),
            etcd.equipped().checked().freed(node, PortListener.CONTROL_PLANE),
            Set.of(sidekick.id(), etcd.equipped().fleet().pulled(node, SystemImage.KUBERNETES)));
    Set<StepId> answers = Set.of(components.healthy(KUBE_APISERVER, node));
    Set<StepId> manages = Set.of(components.healthy(KUBE_CONTROLLER_MANAGER, node));
    return List.of(
        sidekick,
        components.run(KUBE_APISERVER, node, new KubeApiServer(), ready),
        components.await(KUBE_APISERVER, node, etcd.healthy()),
        KeepFamilies.of(
            components.run(KUBE_CONTROLLER_MANAGER, node, new KubeControllerManager(), answers),
            cluster().spec().network().podRanges()),
        components.await(KUBE_CONTROLLER_MANAGER, node, Set.of()),
        components.run(KUBE_SCHEDULER, node, new KubeScheduler(), manages),
        components.await(KUBE_SCHEDULER, node, Set.of()));
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
