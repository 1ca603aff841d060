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
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.Set;
import java.util.function.Function;

/**
 * Listens on the ports of a component that does not run yet.
 *
 * @param node where
 * @param after what must be done before
 * @param listener which ports
 * @param spec the container that has them meanwhile
 */
record OpenListener(
    NodeName node,
    Set<StepId> after,
    PortListener listener,
    Function<EngineFacts, ContainerSpec> spec)
    implements Step.OnNode {

  @Override
  public StepId id() {
    return Steps.on(Phase.PORTCHECK, "open-" + listener.container(), node);
  }

  @Override
  public String title() {
    return "listen on ports " + listener.ports() + " of " + node;
  }

  @Override
  public Decision inspect(HostView host) {
    return host.containers().state(listener.listensFor()).isPresent()
        ? Decision.upToDate()
        : Decision.create("listen on ports " + listener.ports() + " for the port check");
  }

  @Override
  public void apply(Host host, OperationContext context) {
    host.containers().ensureRunning(spec.apply(host.containers().facts()), context);
  }
}
