package io.rke4j.core.manifest;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.core.cluster.ImageVersion;

/**
 * What changed in Calico from version to version, by RKE's templates for each.
 *
 * @param ownCredentials whether its pods have credentials of their own; before 3.14 they use the
 *     kubelet's
 * @param mountsBpf whether a container mounts what eBPF needs, since 3.22
 * @param tokens whether its node agent makes tokens for the CNI plugin, and there is no volume
 *     driver any more, since 3.24
 * @param ownPluginAccount whether the CNI plugin has an account of its own, since 3.26
 */
record CalicoGeneration(
    boolean ownCredentials, boolean mountsBpf, boolean tokens, boolean ownPluginAccount) {

  static CalicoGeneration of(ImageRef image) {
    return new CalicoGeneration(
        ImageVersion.isAtLeast(image, "v3.14.0"),
        ImageVersion.isAtLeast(image, "v3.22.0"),
        ImageVersion.isAtLeast(image, "v3.24.0"),
        ImageVersion.isAtLeast(image, "v3.26.0"));
  }
}
