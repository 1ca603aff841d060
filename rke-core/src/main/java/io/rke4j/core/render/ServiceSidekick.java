package io.rke4j.core.render;

import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.List;

/**
 * Carries the volume with the entry point that the Kubernetes containers share. It is made and
 * never started.
 */
public record ServiceSidekick() implements ContainerRenderer {

  static final String NAME = "service-sidekick";

  @Override
  public ContainerSpec render(Resolved cluster, ClusterNode node, EngineFacts engine) {
    return HostProcess.confine(
            HostProcess.labelled(NAME, cluster.image(SystemImage.KUBERNETES_SERVICES_SIDECAR)),
            cluster,
            engine)
        .entrypoint(List.of("/bin/bash"))
        .network("none")
        .build();
  }
}
