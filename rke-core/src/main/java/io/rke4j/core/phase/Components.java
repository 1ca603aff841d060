package io.rke4j.core.phase;

import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.Step;
import io.rke4j.core.render.ContainerRenderer;
import io.rke4j.core.render.Health;
import io.rke4j.core.render.ServiceSidekick;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Starts the components of one phase, and waits for them.
 *
 * @param phase the phase
 * @param cluster the cluster
 */
public record Components(Phase phase, Resolved cluster) {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The step that starts a component. */
  public StepId started(Component component, ClusterNode node) {
    return Steps.on(phase, "run-" + component.container(), node.name());
  }

  /** The step that waits for a component. */
  public StepId healthy(Component component, ClusterNode node) {
    return Steps.on(phase, "await-" + component.container(), node.name());
  }

  /** Makes the container whose only use is its volume: Kubernetes' components mount it. */
  public CreateContainer sidekick(ClusterNode node, Set<StepId> after) {
    return new CreateContainer(
        Steps.on(phase, "create-service-sidekick", node.name()),
        node.name(),
        after,
        engine -> new ServiceSidekick().render(cluster, node, engine));
  }

  /** Starts a component. */
  public Step.OnNode run(
      Component component, ClusterNode node, ContainerRenderer renderer, Set<StepId> after) {
    return new RunContainer(
        started(component, node),
        node.name(),
        after,
        engine -> renderer.render(cluster, node, engine),
        List.of(sidekick(node, Set.of())));
  }

  /** Waits until a component that was started does its work. */
  public Step await(Component component, ClusterNode node, Set<StepId> after) {
    return new AwaitHealthy(
        healthy(component, node),
        node.name(),
        Steps.all(after, Set.of(started(component, node))),
        component.container(),
        Health.of(component, cluster, node),
        PATIENCE);
  }
}
