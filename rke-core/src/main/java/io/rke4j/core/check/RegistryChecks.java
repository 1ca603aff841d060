package io.rke4j.core.check;

import static io.rke4j.core.check.HostCheck.Symptom.blocks;
import static io.rke4j.core.check.HostCheck.Symptom.warns;

import io.rke4j.api.cluster.RegistrySpec;
import io.rke4j.core.check.HostCheck.Symptom;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.runtime.ImageUnavailableException;
import java.util.List;

/** Registries, as the engines of the hosts see them. */
final class RegistryChecks {

  static final List<HostCheck> ALL =
      List.of(
          new HostCheck(
              "registry",
              "images that are not on the host yet come from there",
              host -> host.engine().refusals().stream().map(RegistryChecks::symptom)));

  private RegistryChecks() {}

  private static Symptom symptom(ProviderException refusal) {
    String evidence = String.valueOf(refusal.getMessage());
    // A mirror of Docker Hub that lacks an image answers for Docker Hub; a pull would go on to it.
    return refusal instanceof ImageUnavailableException missing
            && (missing.isTransient() || missing.image().registry().equals(RegistrySpec.DOCKER_HUB))
        ? warns("an image may not be had", evidence, refusal.hint())
        : blocks("a registry gives no images", evidence, refusal.hint());
  }
}
