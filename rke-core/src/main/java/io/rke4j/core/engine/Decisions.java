package io.rke4j.core.engine;

import io.rke4j.api.plan.Decision;
import io.rke4j.core.host.BlankHosts;
import io.rke4j.core.host.HostView;
import io.rke4j.core.host.Hosts;
import io.rke4j.core.host.LookOnly;
import java.util.List;
import java.util.Optional;

/** Asks a step what it would do, with nothing in its hands that could change anything. */
final class Decisions {

  private static final Hosts BLANK = new BlankHosts();

  private final Hosts hosts;

  Decisions(Hosts hosts) {
    this.hosts = hosts;
  }

  Decision of(Step step) {
    if (step instanceof Step.OnNode onNode) {
      return hosts
          .look(onNode.node())
          .map(host -> onNode.inspect(new LookOnly(host)))
          .orElseGet(() -> onceItsMachineExists(onNode));
    }
    return ((Step.OnCluster) step).inspect();
  }

  String definition(Step step) {
    if (step instanceof Step.OnNode onNode) {
      return onNode.definition(
          new LookOnly(hosts.look(onNode.node()).orElseGet(() -> blank(onNode))));
    }
    return step.definition();
  }

  private static Decision onceItsMachineExists(Step.OnNode step) {
    List<String> expected =
        step.inspect(blank(step)) instanceof Decision.Change change ? change.changes() : List.of();
    return new Decision.Deferred("once its machine is ready", expected);
  }

  private static HostView blank(Step.OnNode step) {
    Optional<HostView> host = BLANK.look(step.node());
    return host.orElseThrow();
  }
}
