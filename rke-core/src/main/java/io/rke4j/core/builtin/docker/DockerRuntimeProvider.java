package io.rke4j.core.builtin.docker;

import io.rke4j.api.cluster.RuntimeSpec;
import io.rke4j.core.builtin.ecr.EcrLogins;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.runtime.ContainerRuntime;
import io.rke4j.spi.runtime.ContainerRuntimeProvider;

/** Opens the Docker Engine of a connected host. */
public final class DockerRuntimeProvider implements ContainerRuntimeProvider {

  private final EcrLogins ecr = new EcrLogins();

  /** For {@link java.util.ServiceLoader}. */
  public DockerRuntimeProvider() {}

  @Override
  public String id() {
    return "docker";
  }

  @Override
  public ContainerRuntime open(Machine machine, NodeConnection connection, RuntimeSpec spec) {
    return new DockerRuntime(Engine.open(connection, machine.dockerSocket()), spec, ecr);
  }
}
