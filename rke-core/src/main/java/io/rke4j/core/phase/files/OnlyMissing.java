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
 * Puts files onto a host that has none of them, and leaves others alone.
 *
 * @param files the files
 */
record OnlyMissing(PlaceFiles files) implements Step.OnNode {

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
    Decision decision = files.inspect(host);
    return decision instanceof Decision.Change change && change.kind() == Decision.Kind.CREATE
        ? decision
        : Decision.upToDate();
  }

  @Override
  public void apply(Host host, OperationContext context) {
    files.apply(host, context);
  }
}
