package io.rke4j.core.phase.cleanup;

import io.rke4j.api.cluster.DeployerAccount;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.core.kube.WantedObjects;
import io.rke4j.core.management.ClusterAccount;
import io.rke4j.core.phase.ManagementStep;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.finish.Finished;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The end of provisioning: whoever owns the cluster gets access, and rights that only provisioning
 * needed go.
 *
 * @param finished the finished cluster
 * @param account what is kept of it in a management cluster, if anything is
 * @param kubeconfig how it is reached as administrator, once there are certificates
 */
public record CleanupPhase(
    Finished finished, Optional<ClusterAccount> account, Supplier<Optional<Secret>> kubeconfig)
    implements PhaseUnit<Resolved> {

  @Override
  public Phase phase() {
    return Phase.CLEANUP;
  }

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    steps.add(
        new RemoveRights(
            Steps.once(Phase.CLEANUP, "remove-provisioning-rights"),
            finished.done(),
            "remove rights that only provisioning needed",
            finished.connection(),
            kube -> kube.api().provisioningRights()));
    if (finished.cluster().spec().addons().deployer() == DeployerAccount.GOES) {
      steps.add(
          new RemoveRights(
              Steps.once(Phase.CLEANUP, "remove-deployer"),
              finished.done(),
              "remove the account of deploy Jobs",
              finished.connection(),
              kube -> kube.api().surplusDeployer()));
    }
    account.ifPresent(kept -> account(kept, steps));
    return steps;
  }

  private void account(ClusterAccount kept, List<Step> steps) {
    StepId access = Steps.once(Phase.CLEANUP, "hand-over-access");
    StepId record = Steps.once(Phase.CLEANUP, "complete-record");
    Set<StepId> after = finished.done();
    steps.add(
        new ManagementStep(
            access,
            after,
            "keep the kubeconfig for the cluster's owner",
            true,
            () -> access(kept)));
    // Machines that were made in this run have their addresses only now.
    steps.add(
        new ManagementStep(
            record,
            after,
            "complete the records of the cluster and its nodes",
            true,
            () -> kept.records(finished.cluster())));
    steps.add(
        new RemoveRights(
            Steps.once(Phase.CLEANUP, "remove-duplicate-bindings"),
            after,
            "remove bindings that the management cluster has twice",
            finished.connection(),
            kube -> kept.surplus()));
  }

  /** While there are no certificates the Secret is known by its name only. */
  private WantedObjects access(ClusterAccount kept) {
    return kept.access(kubeconfig.get().orElseGet(() -> Secret.of(KubeJson.object().toString())));
  }

  @Override
  public Resolved result() {
    return finished.cluster();
  }
}
