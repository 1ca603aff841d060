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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes a container run as defined. An existing one is compared field by field with what is wanted,
 * so that a container that RKE made is recognised.
 *
 * @param id names the step
 * @param node where
 * @param after what must be done before
 * @param wanted the definition for a host with such an engine
 * @param volumesOf the steps that make those whose volumes it shares
 */
public record RunContainer(
    StepId id,
    NodeName node,
    Set<StepId> after,
    Function<EngineFacts, ContainerSpec> wanted,
    List<CreateContainer> volumesOf)
    implements Step.OnNode {

  /** Copies the collections. */
  public RunContainer {
    after = Set.copyOf(after);
    volumesOf = List.copyOf(volumesOf);
  }

  /** One that shares no volumes. */
  public RunContainer(
      StepId id, NodeName node, Set<StepId> after, Function<EngineFacts, ContainerSpec> wanted) {
    this(id, node, after, wanted, List.of());
  }

  @Override
  public String title() {
    return id.action().replace('-', ' ').replaceFirst("kube (\\S+) ?", "kube-$1 ") + " on " + node;
  }

  @Override
  public Decision inspect(HostView host) {
    ContainerSpec spec = wanted.apply(host.containers().facts());
    Optional<ContainerState> state = host.containers().state(spec.name());
    if (state.isEmpty()) {
      return Decision.create("start " + spec.name() + " from " + spec.image());
    }
    List<String> differences = differences(state.get(), spec, host);
    if (!differences.isEmpty()) {
      return Decision.replace(differences);
    }
    return runs(state.get().status())
        ? SetAside.decide(host.containers(), spec.name())
        : Decision.create("start " + spec.name() + ", which is there but does not run");
  }

  /** A plan is made before the others are, so it foresees what will be different by them. */
  private List<String> differences(ContainerState actual, ContainerSpec spec, HostView host) {
    List<String> lines = new ArrayList<>(ContainerDifference.of(actual, spec, host.containers()));
    volumesOf.stream()
        .filter(owner -> owner.isPending(host))
        .map(owner -> owner.wanted().apply(host.containers().facts()).name())
        .forEach(owner -> lines.add("its " + owner + " is replaced"));
    return lines;
  }

  /** Whether a container is there and runs, or will again. */
  public static boolean isRunning(HostView host, String name) {
    return host.containers().state(name).filter(state -> runs(state.status())).isPresent();
  }

  private static boolean runs(ContainerState.Status status) {
    // The engine is about to start a restarting one again; whether it does its work is another
    // step.
    return status == ContainerState.Status.RUNNING || status == ContainerState.Status.RESTARTING;
  }

  @Override
  public void apply(Host host, OperationContext context) {
    host.containers().ensureRunning(wanted.apply(host.containers().facts()), context);
  }

  @Override
  public String definition(HostView host) {
    return ContainerJson.of(wanted.apply(host.containers().facts()));
  }
}
