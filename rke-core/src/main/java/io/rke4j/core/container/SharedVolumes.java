package io.rke4j.core.container;

import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerState;
import io.rke4j.spi.runtime.ContainerView;
import java.util.List;

/**
 * Volumes that a container has from another one. It keeps those that it was made with, although the
 * other may have been replaced since, and what lies in its new volumes is not seen.
 */
final class SharedVolumes {

  private SharedVolumes() {}

  /** A line for each other container that has not the volumes any more that this one has. */
  static List<String> differences(
      ContainerState actual, ContainerSpec wanted, ContainerView containers) {
    return wanted.mounts().volumesFrom().stream()
        .filter(owner -> containers.state(owner).filter(it -> !shares(actual, it)).isPresent())
        .map(owner -> "its " + owner + " was replaced")
        .toList();
  }

  private static boolean shares(ContainerState sharer, ContainerState owner) {
    return owner.volumes().entrySet().stream()
        .allMatch(
            volume ->
                volume.getValue().equals(sharer.volumes().get(volume.getKey()))
                    || mountsItself(sharer.definition(), volume.getKey()));
  }

  /** What a container mounts in a folder by itself goes before what another one has there. */
  private static boolean mountsItself(ContainerSpec container, String folder) {
    return container.mounts().binds().stream()
        .map(bind -> bind.split(":", 3))
        .anyMatch(parts -> parts.length > 1 && parts[1].equals(folder));
  }
}
