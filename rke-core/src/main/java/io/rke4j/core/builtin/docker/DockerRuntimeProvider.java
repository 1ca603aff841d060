package io.rke4j.core.builtin.docker;

import io.rke4j.api.Pace;
import io.rke4j.api.cluster.RuntimeSpec;
import io.rke4j.core.builtin.ecr.EcrLogins;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.runtime.ContainerRuntime;
import io.rke4j.spi.runtime.ContainerRuntimeProvider;

/** Opens the Docker Engine of a connected host. */
public final class DockerRuntimeProvider implements ContainerRuntimeProvider {

  private final EcrLogins ecr = new EcrLogins();
  private final Pace pace;

  /** For {@link java.util.ServiceLoader}. */
  public DockerRuntimeProvider() {
    this(Pace.USUAL);
  }

  /** Engines that are waited for at another pace. */
  public DockerRuntimeProvider(Pace pace) {
    this.pace = pace;
  }

  @Override
  public String id() {
    return "docker";
  }

  @Override
  public ContainerRuntime open(Machine machine, NodeConnection connection, RuntimeSpec spec) {
    EnginePatience patience = EnginePatience.at(pace, machine.address());
    Engine engine = Engine.open(connection, machine.dockerSocket(), patience);
    Images images = new Images(engine, spec, ecr, patience.pause());
    return new DockerRuntime(engine, images);
  }
}
