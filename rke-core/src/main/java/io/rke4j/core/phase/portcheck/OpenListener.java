package io.rke4j.core.phase.portcheck;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.render.Health;
import io.rke4j.core.render.PortListener;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import io.rke4j.spi.runtime.PortTakenException;
import java.util.Set;
import java.util.function.Function;

/**
 * Listens on the ports of a component that does not listen itself: because it is not there yet, or
 * because an earlier run was broken off, and it waits for others or does not start at all.
 *
 * @param cluster the cluster
 * @param target where
 * @param after what must be done before
 * @param listener which ports
 * @param spec the container that has them meanwhile
 */
record OpenListener(
    Resolved cluster,
    ClusterNode target,
    Set<StepId> after,
    PortListener listener,
    Function<EngineFacts, ContainerSpec> spec)
    implements Step.OnNode {

  @Override
  public NodeName node() {
    return target.name();
  }

  @Override
  public StepId id() {
    return Steps.on(Phase.PORTCHECK, "open-" + listener.container(), node());
  }

  @Override
  public String title() {
    return "listen on ports " + listener.ports() + " of " + node();
  }

  @Override
  public Decision inspect(HostView host) {
    if (!isThere(host)) {
      return Decision.create("listen on ports " + listener.ports() + " for the port check");
    }
    return host.probe(Health.of(listener.listensFor(), cluster, target)).reached()
        ? Decision.upToDate()
        : Decision.followUp("listen on ports " + listener.ports() + " if nobody does");
  }

  private boolean isThere(HostView host) {
    return host.containers().state(listener.listensFor().container()).isPresent();
  }

  @Override
  public void apply(Host host, OperationContext context) {
    try {
      host.containers().ensureRunning(spec.apply(host.containers().facts()), context);
    } catch (PortTakenException e) {
      if (!isThere(host)) {
        throw e;
      }
      // The component listens, well or not, and that is what the check needs.
      host.containers().remove(listener.container(), context);
    }
  }
}
