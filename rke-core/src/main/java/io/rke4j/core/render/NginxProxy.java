package io.rke4j.core.render;

import static java.util.stream.Collectors.joining;

import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.List;

/** Brings a node without an API server to those of the control plane, at port 6443 of its own. */
public record NginxProxy() implements ContainerRenderer {

  /** The container's name. */
  public static final String NAME = "nginx-proxy";

  static final String UPSTREAM_VARIABLE = "CP_HOSTS";

  @Override
  public ContainerSpec render(Resolved cluster, ClusterNode node, EngineFacts engine) {
    String upstream =
        cluster.nodesWith(Role.CONTROL_PLANE).stream()
            .map(ClusterNode::internalAddress)
            .collect(joining(",", UPSTREAM_VARIABLE + "=", ""));
    // The program reads the variable; RKE repeats it as an argument, where a change is easily seen.
    return HostMounts.admit(
            HostProcess.serving(NAME, cluster.image(SystemImage.NGINX_PROXY)), cluster, engine)
        .entrypoint(List.of(NAME))
        .command(List.of(upstream))
        .env(List.of(upstream))
        .build();
  }
}
