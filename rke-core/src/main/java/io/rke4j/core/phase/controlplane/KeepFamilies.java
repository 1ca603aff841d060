package io.rke4j.core.phase.controlplane;

import io.rke4j.api.cluster.IpRanges;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.HostView;
import io.rke4j.core.phase.Redecided;

/**
 * Starts a controller manager, but none that knows fewer families of addresses than the nodes have
 * got from the one before it: such a one ends as soon as it has seen them, again and again.
 */
final class KeepFamilies {

  private static final String FLAG = "--cluster-cidr=";

  private KeepFamilies() {}

  /**
   * The step.
   *
   * @param run starts it
   * @param pods the addresses that it gives to nodes for their pods
   */
  static Step of(Step.OnNode run, IpRanges pods) {
    return new Redecided(
        run,
        host -> {
          if (!pods.isDual()) {
            requireOne(host, pods);
          }
          return run.inspect(host);
        });
  }

  private static void requireOne(HostView host, IpRanges pods) {
    host.containers().state(Component.KUBE_CONTROLLER_MANAGER.container()).stream()
        .flatMap(there -> there.definition().program().entrypoint().stream())
        .filter(argument -> argument.startsWith(FLAG) && argument.contains(","))
        .findFirst()
        .ifPresent(
            argument -> {
              throw new FamilyTakenAwayException(
                  host.name().value(), argument.substring(FLAG.length()), pods.toString());
            });
  }
}
