package io.rke4j.core.phase.workerplane;

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
import java.util.function.Consumer;

/**
 * Destroys the machine of a node that has left.
 *
 * @param spec the node
 * @param driver has made the machine
 * @param removed hears of the node when nothing is left of it
 */
record RetireMachine(NodeSpec spec, NodeDriver driver, Consumer<NodeName> removed)
    implements Step.OnCluster {

  static StepId id(NodeName node) {
    return Steps.on(Phase.WORKER_PLANE, "retire-machine", node);
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
  public Set<StepId> after() {
    return Set.of(DeleteNode.id(spec.name()));
  }

  @Override
  public String title() {
    return "destroy the machine of " + spec.name();
  }

  @Override
  public Decision inspect() {
    return driver.exists(spec) ? Decision.remove("destroy the machine") : Decision.upToDate();
  }

  @Override
  public void apply(OperationContext context) {
    driver.destroy(spec, context);
    removed.accept(spec.name());
  }
}
