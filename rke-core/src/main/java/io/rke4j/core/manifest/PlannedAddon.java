package io.rke4j.core.manifest;

import io.rke4j.spi.addon.AddonManifest;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An addon that a cluster is to have.
 *
 * @param manifest its name and what is applied
 * @param critical whether a failure to deploy it ends the run
 * @param kind what other addons have to wait for
 */
public record PlannedAddon(AddonManifest manifest, boolean critical, Kind kind) {

  /** The names of all of them. */
  public static Set<String> names(Collection<PlannedAddon> addons) {
    return addons.stream()
        .map(addon -> addon.manifest().name())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What an addon is to the others. */
  public enum Kind {
    /** Connects pods; nodes become ready only with it. */
    NETWORK,
    /** A part of the cluster; none depends on another. */
    ADDON,
    /** The user's own, which may depend on everything else. */
    USER,
    /** An agent, or what agents need; started when the cluster is finished. */
    AGENT
  }
}
