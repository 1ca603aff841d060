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
 * Puts files onto a host that are to be there before others; where those others are already, does
 * nothing.
 *
 * @param files the files
 * @param later those that come in their place
 */
record Beginning(PlaceFiles files, PlaceFiles later) implements Step.OnNode {

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
    return later.isPlaced(host) ? Decision.upToDate() : files.inspect(host);
  }

  @Override
  public void apply(Host host, OperationContext context) {
    files.apply(host, context);
  }
}
