package io.rke4j.spi.runtime;

import io.rke4j.api.cluster.ImageRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects the parts of a {@link ContainerSpec}. For one thread. */
public final class ContainerSpecBuilder {

  private final String name;
  private final ImageRef image;
  private final List<String> entrypoint = new ArrayList<>();
  private final List<String> command = new ArrayList<>();
  private final List<String> env = new ArrayList<>();
  private final List<String> binds = new ArrayList<>();
  private final List<String> volumesFrom = new ArrayList<>();
  private final List<String> securityOptions = new ArrayList<>();
  private final Map<String, String> labels = new TreeMap<>();
  private String user = "";
  private String networkMode = "";
  private String pidMode = "";
  private boolean privileged;
  private ContainerSpec.PublishedPorts ports = ContainerSpec.PublishedPorts.NONE;
  private ContainerSpec.RestartPolicy restart = ContainerSpec.RestartPolicy.NO;

  ContainerSpecBuilder(String name, ImageRef image) {
    this.name = name;
    this.image = image;
  }

  /** The program with its arguments. */
  public ContainerSpecBuilder entrypoint(List<String> words) {
    entrypoint.addAll(words);
    return this;
  }

  /** Arguments, or the program if the image has no entry point. */
  public ContainerSpecBuilder command(List<String> words) {
    command.addAll(words);
    return this;
  }

  /** Variables in the form {@code NAME=value}; a repeated one counts once. */
  public ContainerSpecBuilder env(List<String> variables) {
    addMissing(variables, env);
    return this;
  }

  /** Mounts in Docker's form; a repeated one counts once. */
  public ContainerSpecBuilder binds(List<String> mounts) {
    addMissing(mounts, binds);
    return this;
  }

  private static void addMissing(List<String> added, List<String> to) {
    added.stream().filter(entry -> !to.contains(entry)).forEach(to::add);
  }

  /** Shares the volumes of another container. */
  public ContainerSpecBuilder volumesFrom(String container) {
    volumesFrom.add(container);
    return this;
  }

  /** A security option, for example an SELinux label. */
  public ContainerSpecBuilder securityOption(String option) {
    securityOptions.add(option);
    return this;
  }

  /** A label. */
  public ContainerSpecBuilder label(String key, String value) {
    labels.put(key, value);
    return this;
  }

  /** User and group as Docker writes them. */
  public ContainerSpecBuilder user(String userAndGroup) {
    this.user = userAndGroup;
    return this;
  }

  /** Docker's network mode. */
  public ContainerSpecBuilder network(String mode) {
    this.networkMode = mode;
    return this;
  }

  /** Sees the host's processes. */
  public ContainerSpecBuilder hostPid() {
    this.pidMode = "host";
    return this;
  }

  /** May do all that the host may. */
  public ContainerSpecBuilder privileged() {
    this.privileged = true;
    return this;
  }

  /** Publishes one TCP port of the container under several of the host. */
  public ContainerSpecBuilder publish(int containerPort, List<Integer> hostPorts) {
    this.ports = new ContainerSpec.PublishedPorts(containerPort, hostPorts);
    return this;
  }

  /** Is started again whenever it ends. */
  public ContainerSpecBuilder restartAlways() {
    this.restart = ContainerSpec.RestartPolicy.ALWAYS;
    return this;
  }

  /** The finished definition. */
  public ContainerSpec build() {
    return new ContainerSpec(
        name,
        image,
        new ContainerSpec.Program(entrypoint, command, env, user),
        new ContainerSpec.Isolation(networkMode, pidMode, privileged, securityOptions),
        new ContainerSpec.Mounts(binds, volumesFrom),
        ports,
        restart,
        labels);
  }
}
