package io.rke4j.core.phase.node;

import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.spi.ProviderException;
import java.util.List;

/** A host has a container engine that the Kubernetes version was never released for. */
final class UnsupportedEngineException extends ProviderException {

  private static final long serialVersionUID = 1L;

  UnsupportedEngineException(
      String host, String engine, KubernetesVersion kubernetes, List<String> supported) {
    super(
        "engine-unsupported",
        host
            + " has Docker Engine "
            + engine
            + ", and "
            + kubernetes
            + " was released for "
            + String.join(", ", supported),
        "Install one of these, or accept any with ignore_docker_version: true",
        List.of(),
        false,
        null);
  }
}
