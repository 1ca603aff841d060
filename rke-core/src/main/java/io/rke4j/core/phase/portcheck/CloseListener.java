package io.rke4j.core.phase.portcheck;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.render.PortListener;
import io.rke4j.spi.OperationContext;
import java.util.Set;

/**
 * Frees the ports of a listener.
 *
 * @param node where
 * @param after what must be done before
 * @param listener whose ports
 */
record CloseListener(NodeName node, Set<StepId> after, PortListener listener)
    implements Step.OnNode {

  static StepId id(NodeName node, PortListener listener) {
    return Steps.on(Phase.PORTCHECK, "close-" + listener.container(), node);
  }

  @Override
  public StepId id() {
    return id(node, listener);
  }

  @Override
  public String title() {
    return "remove " + listener.container() + " from " + node;
  }

  @Override
  public Decision inspect(HostView host) {
    return host.containers().state(listener.container()).isPresent()
        ? Decision.followUp("remove " + listener.container())
        : Decision.upToDate();
  }

  @Override
  public void apply(Host host, OperationContext context) {
    host.containers().remove(listener.container(), context);
  }
}
