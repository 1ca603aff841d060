package io.rke4j.core.cluster;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.api.cluster.SystemImage;
import java.util.List;
import java.util.Map;

/**
 * What belongs to one Kubernetes version.
 *
 * @param version the version
 * @param images all its images; the user's replacements are already in
 * @param options default flags of each component; an empty value takes a flag away
 * @param engines Docker Engine versions it was released for, as {@code major.minor}
 * @param traits what else differs from version to version
 */
public record Release(
    KubernetesVersion version,
    Map<SystemImage, ImageRef> images,
    Map<Component, Map<String, String>> options,
    List<String> engines,
    Traits traits) {

  /** Copies the collections. */
  public Release {
    images = Map.copyOf(images);
    options = Map.copyOf(options);
    engines = List.copyOf(engines);
  }

  /** The image of one part. */
  public ImageRef image(SystemImage part) {
    ImageRef image = images.get(part);
    if (image == null) {
      throw new IllegalStateException(version + " names no image for " + part.key());
    }
    return image;
  }

  /** Whether there is an image for one part. */
  public boolean has(SystemImage part) {
    return images.containsKey(part);
  }

  /** Whether it was released for a Docker Engine of this version, such as {@code 20.10.24}. */
  public boolean isForEngine(String engine) {
    return engines.stream()
        .anyMatch(released -> engine.equals(released) || engine.startsWith(released + "."));
  }

  /** The default flags of one component. */
  public Map<String, String> options(Component component) {
    return options.getOrDefault(component, Map.of());
  }
}
