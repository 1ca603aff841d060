package io.rke4j.core.phase.files;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.spi.OperationContext;
import java.util.Set;

/**
 * Puts files in the place of those that an earlier step of the same run has brought, so that no
 * plan can know what it will find.
 *
 * @param files the files
 */
record Completing(PlaceFiles files) implements Step.OnNode {

  @Override
  public StepId id() {
    return files.id();
  }

  @Override
  public NodeName node() {
    return files.node();
  }

  @Override
  public Set<StepId> after() {
    return files.after();
  }

  @Override
  public String title() {
    return files.title();
  }

  @Override
  public Decision inspect(HostView host) {
    return files.inspect(host) instanceof Decision.Change change
        ? Decision.followUp(change.changes().toArray(String[]::new))
        : Decision.upToDate();
  }

  @Override
  public void apply(Host host, OperationContext context) {
    files.apply(host, context);
  }
}
