package io.rke4j.core.phase.controlplane;

import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.etcd.EtcdRunning;
import io.rke4j.core.phase.files.EncryptionFiles;
import io.rke4j.core.phase.files.Equipped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A cluster whose API answers.
 *
 * @param etcd the fleet with etcd
 * @param connection how the API is reached
 */
public record KubeAccess(EtcdRunning etcd, KubeConnection connection) {

  /** The hosts with their files. */
  public Equipped equipped() {
    return etcd.equipped();
  }

  /** The cluster. */
  public Resolved cluster() {
    return etcd.cluster();
  }

  /** Kubelets may register, and deploy Jobs have their rights. */
  public StepId authorized() {
    return Steps.once(Phase.CONTROL_PLANE, "authorize");
  }

  /** Secrets are encrypted, or plain, as they are to be, and that is saved. */
  public Set<StepId> encrypted() {
    return EncryptionSteps.ends(equipped().secured().encryption());
  }

  /**
   * Every API server that has run without encryption encrypts, and is not restarted for that any
   * more.
   */
  public Set<StepId> writing() {
    return new EncryptionFiles(equipped().checked(), true).begun();
  }

  /** Every control plane component on these nodes is healthy. */
  public Set<StepId> healthy(List<ClusterNode> nodes) {
    return nodes.stream()
        .flatMap(node -> healthy(node).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Every control plane component on that node is healthy. */
  public Set<StepId> healthy(ClusterNode node) {
    return Set.of(
        Steps.on(Phase.CONTROL_PLANE, "await-kube-apiserver", node.name()),
        Steps.on(Phase.CONTROL_PLANE, "await-kube-controller-manager", node.name()),
        Steps.on(Phase.CONTROL_PLANE, "await-kube-scheduler", node.name()));
  }
}
