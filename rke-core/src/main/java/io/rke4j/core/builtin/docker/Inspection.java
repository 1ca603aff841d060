package io.rke4j.core.builtin.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Ports;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerSpec.Isolation;
import io.rke4j.spi.runtime.ContainerSpec.Mounts;
import io.rke4j.spi.runtime.ContainerSpec.Program;
import io.rke4j.spi.runtime.ContainerSpec.PublishedPorts;
import io.rke4j.spi.runtime.ContainerSpec.RestartPolicy;
import io.rke4j.spi.runtime.ContainerState;
import io.rke4j.spi.runtime.ContainerState.Status;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the engine reports of a container, in the words of the SPI. */
record Inspection(
    InspectContainerResponse answer,
    ContainerConfig config,
    HostConfig hostConfig,
    ImageDefaults image) {

  static ContainerState read(InspectContainerResponse answer, ImageDefaults image) {
    Inspection inspection =
        new Inspection(answer, answer.getConfig(), answer.getHostConfig(), image);
    return new ContainerState(
        answer.getId(),
        inspection.status(),
        inspection.definition(),
        Objects.requireNonNullElse(answer.getRestartCount(), 0),
        inspection.exitCode(),
        Objects.toString(answer.getLogPath(), ""),
        inspection.startedAt(),
        inspection.volumes());
  }

  private ContainerSpec definition() {
    return new ContainerSpec(
        name(answer.getName()),
        imageName(),
        program(),
        isolation(),
        new Mounts(raw("Binds"), volumesFrom()),
        ports(),
        restart(),
        labels());
  }

  /** The engine writes names with a slash before them. */
  static String name(String reported) {
    return reported.startsWith("/") ? reported.substring(1) : reported;
  }

  private Status status() {
    return switch (Objects.toString(answer.getState().getStatus(), "")) {
      case "created" -> Status.CREATED;
      case "running" -> Status.RUNNING;
      case "restarting" -> Status.RESTARTING;
      default -> Status.EXITED;
    };
  }

  private int exitCode() {
    Long code = answer.getState().getExitCodeLong();
    return code == null ? 0 : code.intValue();
  }

  private Instant startedAt() {
    String written = Objects.toString(answer.getState().getStartedAt(), "");
    // Go's way of saying never.
    return written.isEmpty() || written.startsWith("0001-")
        ? Instant.EPOCH
        : Instant.parse(written);
  }

  private ImageRef imageName() {
    String name = Objects.toString(config.getImage(), "");
    try {
      return new ImageRef(name);
    } catch (IllegalArgumentException e) {
      // Made by somebody else without a tag, which means this one.
      return new ImageRef(name + ":latest");
    }
  }

  private Program program() {
    List<String> entrypoint = ImageDefaults.words(config.getEntrypoint());
    List<String> command = ImageDefaults.words(config.getCmd());
    List<String> env =
        ImageDefaults.words(config.getEnv()).stream()
            .filter(variable -> !image.env().contains(variable))
            .toList();
    String user = Objects.toString(config.getUser(), "");
    return new Program(
        entrypoint.equals(image.entrypoint()) ? List.of() : entrypoint,
        command.equals(image.command()) ? List.of() : command,
        env,
        user.equals(image.user()) ? "" : user);
  }

  private Isolation isolation() {
    String network = Objects.toString(hostConfig.getNetworkMode(), "");
    return new Isolation(
        network.equals("default") || network.equals("bridge") ? "" : network,
        Objects.toString(hostConfig.getPidMode(), ""),
        Boolean.TRUE.equals(hostConfig.getPrivileged()),
        raw("SecurityOpt"));
  }

  private List<String> volumesFrom() {
    return raw("VolumesFrom").stream().map(entry -> entry.split(":", 2)[0]).toList();
  }

  private Map<String, String> volumes() {
    List<InspectContainerResponse.Mount> mounts =
        Objects.requireNonNullElse(answer.getMounts(), List.of());
    Map<String, String> volumes = new TreeMap<>();
    for (InspectContainerResponse.Mount mount : mounts) {
      // A folder of the host has no name.
      if (mount.getName() != null && mount.getDestination() != null) {
        volumes.put(mount.getDestination().getPath(), mount.getName());
      }
    }
    return volumes;
  }

  /** A list as the engine wrote it: docker-java's own types change what they read. */
  private List<String> raw(String field) {
    return answer.getRawValues().get("HostConfig") instanceof Map<?, ?> raw
            && raw.get(field) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  private PublishedPorts ports() {
    Map<ExposedPort, Ports.Binding @Nullable []> bindings = bindings(hostConfig.getPortBindings());
    int containerPort =
        bindings.keySet().stream()
            .map(ExposedPort::getPort)
            .min(Comparator.naturalOrder())
            .orElse(0);
    List<Integer> hostPorts =
        bindings.values().stream()
            .filter(Objects::nonNull)
            .flatMap(Stream::of)
            .map(Ports.Binding::getHostPortSpec)
            .filter(spec -> spec != null && spec.matches("\\d+"))
            .map(Integer::valueOf)
            .sorted()
            .toList();
    return containerPort == 0 ? PublishedPorts.NONE : new PublishedPorts(containerPort, hostPorts);
  }

  private static Map<ExposedPort, Ports.Binding @Nullable []> bindings(@Nullable Ports ports) {
    return ports == null || ports.getBindings() == null ? Map.of() : ports.getBindings();
  }

  private RestartPolicy restart() {
    com.github.dockerjava.api.model.RestartPolicy policy = hostConfig.getRestartPolicy();
    return policy != null && "always".equals(policy.getName())
        ? RestartPolicy.ALWAYS
        : RestartPolicy.NO;
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>(ImageDefaults.labels(config));
    image.labels().forEach(labels::remove);
    return labels;
  }
}
