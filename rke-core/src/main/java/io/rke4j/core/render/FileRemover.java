package io.rke4j.core.render;

import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.List;

/**
 * Deletes a file below {@code /etc/kubernetes}.
 *
 * @param path the file
 */
public record FileRemover(String path) implements ContainerRenderer {

  @Override
  public ContainerSpec render(Resolved cluster, ClusterNode node, EngineFacts engine) {
    return HostMounts.admit(
            ContainerSpec.named(Deployers.FILES.container(), cluster.image(SystemImage.ALPINE)),
            cluster,
            engine)
        .entrypoint(List.of("rm", "-f"))
        .command(List.of(path))
        .binds(HostMounts.of(cluster, engine, HostProcess.KUBERNETES_FOLDER))
        .build();
  }
}
