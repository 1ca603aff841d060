package io.rke4j.core.phase.machine;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.OperationContext;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a node out of Kubernetes whose machine is gone.
 *
 * @param node the node
 * @param replacements the machines that are replaced
 */
record DeleteLostNode(NodeName node, Replacements replacements) implements Step.OnCluster {

  static StepId id(NodeName node) {
    return Steps.on(Phase.MACHINE, "delete-node", node);
  }

  @Override
  public StepId id() {
    return id(node);
  }

  @Override
  public Optional<NodeName> worksOn() {
    return Optional.of(node);
  }

  @Override
  public Set<StepId> after() {
    return Set.of(DestroyLostMachine.id(node));
  }

  @Override
  public String title() {
    return "delete node " + node;
  }

  @Override
  public Decision inspect() {
    return replacements.isDoomed(node)
        ? Decision.remove("delete the node from Kubernetes")
        : Decision.upToDate();
  }

  @Override
  public void apply(OperationContext context) {
    replacements.forget(node);
  }
}
