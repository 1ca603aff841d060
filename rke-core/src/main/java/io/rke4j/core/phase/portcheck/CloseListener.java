package io.rke4j.core.phase.portcheck;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.OperationContext;
import java.util.Set;

/**
 * Frees the ports of a listener.
 *
 * @param node where
 * @param after what must be done before
 * @param listener the container's name
 */
record CloseListener(NodeName node, Set<StepId> after, String listener) implements Step.OnNode {

  @Override
  public StepId id() {
    return Steps.on(Phase.PORTCHECK, "close-" + listener, node);
  }

  @Override
  public String title() {
    return "remove " + listener + " from " + node;
  }

  @Override
  public Decision inspect(HostView host) {
    return host.containers().state(listener).isPresent()
        ? Decision.followUp("remove " + listener)
        : Decision.upToDate();
  }

  @Override
  public void apply(Host host, OperationContext context) {
    host.containers().remove(listener, context);
  }
}
