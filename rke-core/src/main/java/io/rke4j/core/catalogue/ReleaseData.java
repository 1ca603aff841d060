package io.rke4j.core.catalogue;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Release;
import java.util.List;
import java.util.Map;

/**
 * What RKE's metadata say of one version.
 *
 * @param version the version
 * @param images its images
 * @param options flags of each component; an empty value takes a flag away
 * @param engines Docker Engine versions it was released for, as {@code major.minor}
 */
record ReleaseData(
    KubernetesVersion version,
    Map<SystemImage, ImageRef> images,
    Map<Component, Map<String, String>> options,
    List<String> engines) {

  ReleaseData {
    images = Map.copyOf(images);
    options = Map.copyOf(options);
    engines = List.copyOf(engines);
  }

  /** What RKE makes of it, if these are the images. */
  Release release(Map<SystemImage, ImageRef> chosen) {
    Differences.Applied difference = Differences.of(version, chosen, options);
    return new Release(version, chosen, difference.options(), engines, difference.traits());
  }
}
