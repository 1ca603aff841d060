package io.rke4j.core.container;

import io.rke4j.api.plan.Decision;
import io.rke4j.spi.runtime.ContainerView;

/**
 * The container that waits, as RKE's does, under a name of its own while another takes its place. A
 * replacement that was cut off leaves it, set to start with the host: then both would run.
 */
public final class SetAside {

  private SetAside() {}

  /** The name under which a container waits; RKE's own, so each finds the other's leftovers. */
  public static String name(String container) {
    return "old-" + container;
  }

  /** What is to be done for a container that is as it should be. */
  public static Decision decide(ContainerView containers, String container) {
    String aside = name(container);
    return containers.names().contains(aside)
        ? Decision.followUp("remove " + aside + ", which a replacement that was cut off has left")
        : Decision.upToDate();
  }
}
