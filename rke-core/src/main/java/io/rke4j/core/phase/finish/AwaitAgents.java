package io.rke4j.core.phase.finish;

import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.kube.Workloads;
import io.rke4j.core.manifest.PlannedAddon;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import io.rke4j.spi.addon.AddonFailedException;
import io.rke4j.spi.addon.KubeApiException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Waits until all agents run and their definitions are established.
 *
 * @param id names the step
 * @param after what must be done before
 * @param agents the agents
 * @param atMost how long it may take
 * @param connection the cluster's API
 */
record AwaitAgents(
    StepId id,
    Set<StepId> after,
    List<PlannedAddon> agents,
    Duration atMost,
    KubeConnection connection)
    implements Step.OnCluster {

  @Override
  public String title() {
    return "wait until the agents run";
  }

  @Override
  public Decision inspect() {
    Decision.Change expected = Decision.followUp("wait until the agents run");
    return connection.decide(
        kube -> workloads(kube).ready().reached() ? Decision.upToDate() : expected, expected);
  }

  private Workloads workloads(KubeConnection kube) {
    return new Workloads(
        kube.api().client(), agents.stream().map(agent -> agent.manifest().yaml()).toList());
  }

  @Override
  public void apply(OperationContext context) {
    Workloads workloads = workloads(connection);
    try {
      context.waitUntil("the agents to run", atMost, () -> calm(workloads));
    } catch (WaitTimeoutException e) {
      AddonFailedException failure =
          new AddonFailedException(
              "agents",
              "do not run after %d s: %s".formatted(e.waited().toSeconds(), e.lastSeen()),
              "See the evidence: the image, the server's address and the token are the usual"
                  + " reasons. If the cluster is just slow, allow more time.",
              workloads.evidence());
      failure.addSuppressed(e);
      throw failure;
    }
    context.progress(1, "all agents run");
  }

  /** An API server that is restarted meanwhile is no reason to give up. */
  private static Observation calm(Workloads workloads) {
    try {
      return workloads.ready();
    } catch (KubeApiException e) {
      if (!e.isTransient()) {
        throw e;
      }
      return Observation.notYet(String.valueOf(e.getMessage()));
    }
  }
}
