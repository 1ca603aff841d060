package io.rke4j.core.phase;

import io.rke4j.api.plan.Decision;
import io.rke4j.spi.runtime.ContainerView;

/**
 * The container that waits, as RKE's does, under a name of its own while another takes its place. A
 * replacement that was cut off leaves it, set to start with the host: then both would run.
 */
final class SetAside {

  private SetAside() {}

  /** What is to be done for a container that is as it should be. */
  static Decision decide(ContainerView containers, String name) {
    String aside = "old-" + name;
    return containers.names().contains(aside)
        ? Decision.followUp("remove " + aside + ", which a replacement that was cut off has left")
        : Decision.upToDate();
  }
}
