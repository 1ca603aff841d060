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
  private final EnginePatience patience;

  /** For {@link java.util.ServiceLoader}. */
  public DockerRuntimeProvider() {
    this(EnginePatience.USUAL);
  }

  /** Engines that are given other times. */
  public DockerRuntimeProvider(EnginePatience patience) {
    this.patience = patience;
  }

  @Override
  public String id() {
    return "docker";
  }

  @Override
  public ContainerRuntime open(Machine machine, NodeConnection connection, RuntimeSpec spec) {
    Engine engine = Engine.open(connection, machine.dockerSocket(), patience);
    Images images = new Images(engine, spec, ecr, patience.pause());
    return new DockerRuntime(engine, images);
  }
}
