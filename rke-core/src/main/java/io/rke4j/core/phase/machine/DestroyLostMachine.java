package io.rke4j.core.phase.machine;

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
 * Destroys a machine that nobody reaches, before anything is said to Kubernetes: once it is gone,
 * nothing of the node can come back and run the same pods as another one.
 *
 * @param spec the node
 * @param after what must be done before
 * @param driver has made the machine
 * @param replacements the machines that are replaced
 */
record DestroyLostMachine(
    NodeSpec spec, Set<StepId> after, NodeDriver driver, Replacements replacements)
    implements Step.OnCluster {

  DestroyLostMachine {
    after = Set.copyOf(after);
  }

  static StepId id(NodeName node) {
    return Steps.on(Phase.MACHINE, "destroy-machine", node);
  }

  @Override
  public StepId id() {
    return id(spec.name());
  }

  @Override
  public Optional<NodeName> worksOn() {
    return Optional.of(spec.name());
  }

  @Override
  public String title() {
    return "destroy the lost machine of " + spec.name();
  }

  @Override
  public Decision inspect() {
    return replacements.isDoomed(spec.name())
        ? Decision.remove(
            "destroy the machine and what is on it: " + replacements.reason(spec.name()))
        : Decision.upToDate();
  }

  @Override
  public void apply(OperationContext context) {
    replacements.condemn(spec.name());
    driver.destroy(spec, context);
  }
}
