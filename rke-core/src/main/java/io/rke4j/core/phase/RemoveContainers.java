package io.rke4j.core.phase;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.container.SetAside;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.ContainerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Takes containers from a host.
 *
 * @param id names the step
 * @param node where
 * @param after what must be done before
 * @param names the containers, in the order in which they go; what a replacement has set aside of
 *     them and could not take away goes after them
 * @param others which further containers go after them
 */
public record RemoveContainers(
    StepId id, NodeName node, Set<StepId> after, List<String> names, Predicate<String> others)
    implements Step.OnNode {

  /** Adds what may have been set aside. */
  public RemoveContainers {
    after = Set.copyOf(after);
    names = Stream.concat(names.stream(), names.stream().map(SetAside::name)).toList();
  }

  @Override
  public String title() {
    return id.action().replace('-', ' ') + " from " + node;
  }

  @Override
  public Decision inspect(HostView host) {
    List<String> present = present(host.containers());
    if (present.isEmpty()) {
      return Decision.upToDate();
    }
    long pods = present.stream().filter(others).count();
    List<String> lines =
        new ArrayList<>(
            present.stream().filter(others.negate()).map(name -> "remove " + name).toList());
    if (pods > 0) {
      lines.add("remove " + pods + " containers of pods");
    }
    return Decision.remove(lines.toArray(String[]::new));
  }

  private List<String> present(ContainerView containers) {
    Set<String> there = containers.names();
    List<String> present = new ArrayList<>(names.stream().filter(there::contains).toList());
    there.stream().filter(others).filter(n -> !names.contains(n)).sorted().forEach(present::add);
    return present;
  }

  @Override
  public void apply(Host host, OperationContext context) {
    // A kubelet that is still there would bring its pods back, so the order counts, and what is
    // there is looked up again when the named ones are gone.
    names.stream()
        .filter(host.containers().names()::contains)
        .forEach(name -> host.containers().remove(name, context));
    present(host.containers()).forEach(name -> host.containers().remove(name, context));
  }
}
