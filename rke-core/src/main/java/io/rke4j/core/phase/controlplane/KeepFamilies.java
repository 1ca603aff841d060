package io.rke4j.core.phase.controlplane;

import io.rke4j.api.cluster.IpRanges;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.phase.RunContainer;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.ContainerState;
import java.util.Set;

/**
 * Starts a controller manager, but none that knows fewer families of addresses than the nodes have
 * got from the one before it: such a one ends as soon as it has seen them, again and again.
 *
 * @param run starts it
 * @param pods the addresses that it gives to nodes for their pods
 */
record KeepFamilies(RunContainer run, IpRanges pods) implements Step.OnNode {

  private static final String FLAG = "--cluster-cidr=";

  @Override
  public StepId id() {
    return run.id();
  }

  @Override
  public String title() {
    return run.title();
  }

  @Override
  public Set<StepId> after() {
    return run.after();
  }

  @Override
  public NodeName node() {
    return run.node();
  }

  @Override
  public String definition(HostView host) {
    return run.definition(host);
  }

  @Override
  public Decision inspect(HostView host) {
    if (!pods.isDual()) {
      host.containers()
          .state(Component.KUBE_CONTROLLER_MANAGER.container())
          .ifPresent(this::requireOne);
    }
    return run.inspect(host);
  }

  private void requireOne(ContainerState there) {
    there.definition().program().entrypoint().stream()
        .filter(argument -> argument.startsWith(FLAG) && argument.contains(","))
        .findFirst()
        .ifPresent(
            argument -> {
              throw new FamilyTakenAwayException(
                  node().value(), argument.substring(FLAG.length()), pods.toString());
            });
  }

  @Override
  public void apply(Host host, OperationContext context) {
    run.apply(host, context);
  }
}
