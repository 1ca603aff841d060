package io.rke4j.core.catalogue;

import io.rke4j.api.cluster.KubernetesVersion;
import java.util.Map;
import java.util.Optional;

/**
 * What RKE's metadata have.
 *
 * @param releases the versions that can be provisioned
 * @param unusable versions that are named but cannot be, and why
 * @param usual the version of a cluster that names none
 */
record Metadata(
    Map<KubernetesVersion, ReleaseData> releases,
    Map<KubernetesVersion, String> unusable,
    Optional<KubernetesVersion> usual) {

  Metadata {
    releases = Map.copyOf(releases);
    unusable = Map.copyOf(unusable);
  }
}
