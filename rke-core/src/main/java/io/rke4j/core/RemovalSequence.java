package io.rke4j.core;

import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.Step;
import io.rke4j.core.phase.RemoveContainers;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.cleanup.CloseAccount;
import io.rke4j.core.phase.files.CleanHost;
import io.rke4j.core.phase.finish.ForgetCluster;
import io.rke4j.core.phase.machine.DestroyMachine;
import io.rke4j.core.render.NginxProxy;
import io.rke4j.core.state.NodeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How a cluster goes: the phases backwards, host by host. Keys are forgotten last, so that a
 * removal that was interrupted can go on.
 */
final class RemovalSequence {

  private static final List<String> NODE_AGENTS = List.of("kubelet", "kube-proxy", NginxProxy.NAME);
  private static final List<String> ETCD = List.of("etcd-rolling-snapshots", "etcd");
  private static final List<String> HELPERS =
      List.of(
          "service-sidekick",
          "rke-etcd-port-listener",
          "rke-cp-port-listener",
          "rke-worker-port-listener",
          "rke-port-checker",
          "rke-log-linker",
          "rke-log-cleaner",
          "cert-deployer",
          "file-deployer",
          "etcd-fix-perm",
          "cluster-state-deployer");

  private RemovalSequence() {}

  static List<Step> steps(Resolved whole, Workplace at) {
    // What never got its engine has nothing to be cleaned of.
    Resolved cluster = at.machines().ready().withRemains(whole, at.memory().begunNodes(whole));
    List<Step> steps = new ArrayList<>();
    // Somebody else's may be on the same host.
    List<String> members = cluster.spec().services().etcd().isExternal() ? List.of() : ETCD;
    boolean begun = at.memory().hasKeys();
    for (ClusterNode node : cluster.located().nodes()) {
      Step agents = remove(node, Phase.WORKER_PLANE, "remove-node-agents", NODE_AGENTS, Set.of());
      List<String> servers = Component.ofControlPlane();
      Step control =
          remove(node, Phase.CONTROL_PLANE, "remove-control-plane", servers, ids(agents));
      Step etcd = remove(node, Phase.ETCD, "remove-etcd", members, ids(control));
      Step helpers = remove(node, Phase.FILES, "remove-helpers", HELPERS, ids(etcd));
      Step clean = new CleanHost(cluster, node, begun, ids(helpers), at::nodeRemoved);
      steps.addAll(List.of(agents, control, etcd, helpers, clean));
      steps.add(new DestroyMachine(node.spec(), ids(clean), at.machines().driver()));
    }
    for (ClusterNode node : cluster.nodes()) {
      if (!node.isLocated()) {
        // There may be half a machine.
        steps.add(new DestroyMachine(node.spec(), Set.of(), at.machines().driver()));
      }
    }
    for (NodeRecord node : at.memory().leaving(cluster)) {
      // It was taken out of the specification, and nobody has applied that since.
      steps.add(new DestroyMachine(node.asMade(), Set.of(), at.machines().driver()));
    }
    at.account().ifPresent(kept -> steps.add(new CloseAccount(Steps.ids(steps), kept)));
    steps.add(new ForgetCluster(Steps.ids(steps), at.memory()));
    return steps;
  }

  private static Step remove(
      ClusterNode node, Phase phase, String action, List<String> names, Set<StepId> after) {
    return new RemoveContainers(
        Steps.on(phase, action, node.name()),
        node.name(),
        after,
        names,
        phase == Phase.WORKER_PLANE ? name -> name.startsWith("k8s_") : name -> false);
  }

  private static Set<StepId> ids(Step step) {
    return Set.of(step.id());
  }
}
