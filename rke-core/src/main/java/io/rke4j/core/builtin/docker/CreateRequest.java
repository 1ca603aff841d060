package io.rke4j.core.builtin.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import com.github.dockerjava.api.model.VolumesFrom;
import io.rke4j.spi.runtime.ContainerSpec;

/** A container definition in the words of the engine. */
final class CreateRequest {

  private CreateRequest() {}

  static CreateContainerCmd of(DockerClient client, ContainerSpec spec) {
    CreateContainerCmd request =
        client
            .createContainerCmd(spec.image().value())
            .withName(spec.name())
            .withLabels(spec.labels())
            .withEnv(spec.program().env())
            .withHostConfig(hostConfig(spec));
    if (!spec.program().entrypoint().isEmpty()) {
      request.withEntrypoint(spec.program().entrypoint());
    }
    if (!spec.program().command().isEmpty()) {
      request.withCmd(spec.program().command());
    }
    if (!spec.program().user().isEmpty()) {
      request.withUser(spec.program().user());
    }
    if (!spec.ports().hostPorts().isEmpty()) {
      request.withExposedPorts(ExposedPort.tcp(spec.ports().containerPort()));
    }
    return request;
  }

  private static HostConfig hostConfig(ContainerSpec spec) {
    HostConfig config =
        HostConfig.newHostConfig()
            .withBinds(spec.mounts().binds().stream().<Bind>map(Mount::new).toList())
            .withVolumesFrom(
                spec.mounts().volumesFrom().stream()
                    .map(SharedVolumes::new)
                    .toArray(VolumesFrom[]::new))
            .withPrivileged(spec.isolation().privileged())
            .withPortBindings(ports(spec.ports()));
    if (!spec.isolation().networkMode().isEmpty()) {
      config.withNetworkMode(spec.isolation().networkMode());
    }
    if (!spec.isolation().pidMode().isEmpty()) {
      config.withPidMode(spec.isolation().pidMode());
    }
    if (!spec.isolation().securityOptions().isEmpty()) {
      config.withSecurityOpts(spec.isolation().securityOptions());
    }
    if (spec.restart() == ContainerSpec.RestartPolicy.ALWAYS) {
      config.withRestartPolicy(RestartPolicy.alwaysRestart());
    }
    return config;
  }

  private static Ports ports(ContainerSpec.PublishedPorts published) {
    Ports ports = new Ports();
    published
        .hostPorts()
        .forEach(
            port ->
                ports.bind(
                    ExposedPort.tcp(published.containerPort()), Ports.Binding.bindPort(port)));
    return ports;
  }

  /** A mount exactly as written: docker-java would add options to it, and RKE compares the text. */
  private static final class Mount extends Bind {
    private static final long serialVersionUID = 1L;

    private final String text;

    Mount(String text) {
      super(text, new Volume("/"));
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** A container's volumes, exactly as written, for the same reason. */
  private static final class SharedVolumes extends VolumesFrom {
    private static final long serialVersionUID = 1L;

    private final String text;

    SharedVolumes(String container) {
      super(container);
      this.text = container;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
