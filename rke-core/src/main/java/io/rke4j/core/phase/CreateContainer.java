package io.rke4j.core.phase;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.container.ContainerDifference;
import io.rke4j.core.container.SetAside;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.render.ContainerJson;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerState;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes a container exist without ever starting it: others share its volumes.
 *
 * @param id names the step
 * @param node where
 * @param after what must be done before
 * @param wanted the definition for a host with such an engine
 */
public record CreateContainer(
    StepId id, NodeName node, Set<StepId> after, Function<EngineFacts, ContainerSpec> wanted)
    implements Step.OnNode {

  /** Copies the ids. */
  public CreateContainer {
    after = Set.copyOf(after);
  }

  @Override
  public String title() {
    return id.action().replace('-', ' ') + " on " + node;
  }

  @Override
  public Decision inspect(HostView host) {
    ContainerSpec spec = wanted.apply(host.containers().facts());
    Optional<ContainerState> state = host.containers().state(spec.name());
    if (state.isEmpty()) {
      return Decision.create("create " + spec.name() + " from " + spec.image());
    }
    List<String> differences = ContainerDifference.of(state.get(), spec, host.containers());
    return differences.isEmpty()
        ? SetAside.decide(host.containers(), spec.name())
        : Decision.replace(differences);
  }

  /** Whether the container is about to come, or to come anew. */
  boolean isPending(HostView host) {
    return inspect(host) instanceof Decision.Change change
        && change.kind() != Decision.Kind.FOLLOW_UP;
  }

  @Override
  public void apply(Host host, OperationContext context) {
    host.containers().ensureCreated(wanted.apply(host.containers().facts()), context);
  }

  @Override
  public String definition(HostView host) {
    return ContainerJson.of(wanted.apply(host.containers().facts()));
  }
}
