package io.rke4j.core.phase.node;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes sure that a host answers, that its engine is one that the Kubernetes version was released
 * for, and that it carries no other cluster: one whose keys are not known here could only be
 * destroyed.
 *
 * @param cluster the cluster
 * @param target the node
 * @param known whether the keys of this cluster are in the state store
 */
record CheckEngine(Resolved cluster, ClusterNode target, boolean known) implements Step.OnNode {

  @Override
  public StepId id() {
    return Steps.on(Phase.NODE, "check-engine", target.name());
  }

  @Override
  public String title() {
    return "check the container engine on " + target.name();
  }

  @Override
  public NodeName node() {
    return target.name();
  }

  @Override
  public Set<StepId> after() {
    return Set.of();
  }

  @Override
  public Decision inspect(HostView host) {
    EngineFacts facts = host.containers().facts();
    if (!cluster.acceptsEngine(facts.version())) {
      throw new UnsupportedEngineException(
          target.address(),
          facts.version(),
          cluster.release().version(),
          cluster.release().engines());
    }
    if (!known) {
      Set<String> leftovers = new TreeSet<>(host.containers().names());
      leftovers.retainAll(Component.containers());
      if (!leftovers.isEmpty()) {
        throw new ForeignClusterException(target.address(), cluster.spec().name(), leftovers);
      }
    }
    return Decision.upToDate();
  }

  @Override
  public void apply(Host host, OperationContext context) {
    throw new IllegalStateException("a check has nothing to apply");
  }
}
