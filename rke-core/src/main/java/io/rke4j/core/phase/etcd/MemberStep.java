package io.rke4j.core.phase.etcd;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.phase.RunContainer;
import io.rke4j.spi.OperationContext;
import java.util.Set;

/**
 * One half of making an etcd member of a running cluster run as defined: to start one that does not
 * run, or all else. To start one costs the others nothing, while replacing one may cost the quorum,
 * so that is done one at a time.
 *
 * @param run makes it run as defined
 * @param starts whether this is the half that starts it
 */
record MemberStep(RunContainer run, boolean starts) implements Step.OnNode {

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
    Decision decision = run.inspect(host);
    if (starts) {
      // It completes a cluster that is there, so no plan is outdated by a member that stopped
      // since.
      return RunContainer.isRunning(host, "etcd")
          ? Decision.upToDate()
          : Decision.followUp("start etcd, which does not run");
    }
    return decision instanceof Decision.Change change && change.kind() == Decision.Kind.CREATE
        ? Decision.upToDate()
        : decision;
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
