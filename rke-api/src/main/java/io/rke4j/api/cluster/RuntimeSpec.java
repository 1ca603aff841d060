package io.rke4j.api.cluster;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs the containers, and where their images come from.
 *
 * @param images images that replace the version catalogue's
 * @param anyEngineVersion whether a Docker Engine is accepted that the Kubernetes version was never
 *     released for
 * @param registries registries with a login, or to pull from by default
 * @param criDockerd how kubelets use Docker
 * @param prefix where on their hosts containers keep their files
 * @param docker what is done about Docker Engine itself
 */
public record RuntimeSpec(
    Map<SystemImage, ImageRef> images,
    boolean anyEngineVersion,
    List<RegistrySpec> registries,
    CriDockerd criDockerd,
    HostPrefix prefix,
    DockerSpec docker) {

  /** No registry but those that the images name. */
  public RuntimeSpec(Map<SystemImage, ImageRef> images, boolean anyEngineVersion) {
    this(images, anyEngineVersion, List.of());
  }

  /** With cri-dockerd where the version needs it. */
  public RuntimeSpec(
      Map<SystemImage, ImageRef> images, boolean anyEngineVersion, List<RegistrySpec> registries) {
    this(images, anyEngineVersion, registries, CriDockerd.BY_VERSION);
  }

  /** With files where the operating systems of the hosts have them. */
  public RuntimeSpec(
      Map<SystemImage, ImageRef> images,
      boolean anyEngineVersion,
      List<RegistrySpec> registries,
      CriDockerd criDockerd) {
    this(images, anyEngineVersion, registries, criDockerd, HostPrefix.ROOT, DockerSpec.NONE);
  }

  /** Copies the collections. */
  public RuntimeSpec {
    images = Map.copyOf(images);
    registries = List.copyOf(registries);
  }

  /** The registry that the catalogue's images are pulled from, if one is named. */
  public Optional<RegistrySpec> defaultRegistry() {
    return registries.stream().filter(RegistrySpec::isDefault).findFirst();
  }

  /**
   * The registry of an image; of several whose url fits, the one with the longest. RKE finds a
   * registry with a path only if exactly two parts of the image's name come after it; that one is
   * found here, too.
   */
  public Optional<RegistrySpec> registryOf(ImageRef image) {
    return registries.stream()
        .filter(registry -> registry.holds(image))
        .max(Comparator.comparingInt(registry -> registry.url().length()));
  }
}
