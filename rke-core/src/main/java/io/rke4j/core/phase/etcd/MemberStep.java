package io.rke4j.core.phase.etcd;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.phase.RunContainer;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.ContainerState.Status;
import java.util.Set;

/**
 * Makes an etcd member of a running cluster run as defined, if it runs at all, or only if it does
 * not. To start one costs the others nothing; to replace one may cost the quorum, so that is done
 * one at a time.
 *
 * @param run what is done to it
 * @param running whether that is done to a member that runs, or to one that does not
 */
record MemberStep(RunContainer run, boolean running) implements Step.OnNode {

  @Override
  public StepId id() {
    return run.id();
  }

  @Override
  public NodeName node() {
    return run.node();
  }

  @Override
  public Set<StepId> after() {
    return run.after();
  }

  @Override
  public String title() {
    return run.title();
  }

  @Override
  public Decision inspect(HostView host) {
    return isRunning(host) == running ? run.inspect(host) : Decision.upToDate();
  }

  private static boolean isRunning(HostView host) {
    return host.containers()
        .state("etcd")
        .filter(state -> state.status() == Status.RUNNING)
        .isPresent();
  }

  @Override
  public void apply(Host host, OperationContext context) {
    run.apply(host, context);
  }

  @Override
  public String definition(HostView host) {
    return run.definition(host);
  }
}
