package io.rke4j.core.phase.machine;

import io.rke4j.api.cluster.ExistingHost;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.node.NodeDriver;
import java.util.Optional;
import java.util.Set;

/**
 * Takes away the machine that was made for a node; a host that was there before stays.
 *
 * @param spec the node
 * @param after what must be done before
 * @param driver makes machines
 */
public record DestroyMachine(NodeSpec spec, Set<StepId> after, NodeDriver driver)
    implements Step.OnCluster {

  /** Copies the ids. */
  public DestroyMachine {
    after = Set.copyOf(after);
  }

  @Override
  public StepId id() {
    return Steps.on(Phase.MACHINE, "destroy-machine", spec.name());
  }

  @Override
  public Optional<NodeName> worksOn() {
    return Optional.of(spec.name());
  }

  @Override
  public String title() {
    return "destroy the machine of " + spec.name();
  }

  @Override
  public Decision inspect() {
    return spec.machine() instanceof ExistingHost || !driver.exists(spec)
        ? Decision.upToDate()
        : Decision.remove("destroy the machine");
  }

  @Override
  public void apply(OperationContext context) {
    driver.destroy(spec, context);
  }
}
