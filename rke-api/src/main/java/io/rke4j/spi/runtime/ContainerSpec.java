package io.rke4j.spi.runtime;

import io.rke4j.api.cluster.ImageRef;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A container as it is wanted.
 *
 * @param name its name on the host
 * @param image what it is made from
 * @param program what runs in it
 * @param isolation how it is kept apart from the host
 * @param mounts what it sees of the host
 * @param ports host ports, each published from {@code containerPort} on all addresses
 * @param restart what happens when its process ends
 * @param labels labels to set
 */
public record ContainerSpec(
    String name,
    ImageRef image,
    Program program,
    Isolation isolation,
    Mounts mounts,
    PublishedPorts ports,
    RestartPolicy restart,
    Map<String, String> labels) {

  /** Copies the labels. */
  public ContainerSpec {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /**
   * What runs in a container. Empty lists leave it to the image.
   *
   * @param entrypoint the program with its arguments
   * @param command further arguments, or the program if there is no entry point
   * @param env variables in the form {@code NAME=value}
   * @param user user and group as Docker writes them; empty for the image's
   */
  public record Program(
      List<String> entrypoint, List<String> command, List<String> env, String user) {
    /** Copies the lists. */
    public Program {
      entrypoint = List.copyOf(entrypoint);
      command = List.copyOf(command);
      env = List.copyOf(env);
    }

    /** The environment may carry credentials, so it prints as a count. */
    @Override
    public String toString() {
      return "Program[entrypoint="
          + entrypoint
          + ", command="
          + command
          + ", env="
          + env.size()
          + " variables, user="
          + user
          + "]";
    }
  }

  /**
   * How a container is kept apart from the host.
   *
   * @param networkMode Docker's network mode, for example {@code host}; empty for the default
   * @param pidMode Docker's PID mode, for example {@code host}; empty for the default
   * @param privileged whether it may do all that the host may
   * @param securityOptions Docker's security options, for example SELinux labels
   */
  public record Isolation(
      String networkMode, String pidMode, boolean privileged, List<String> securityOptions) {
    /** Apart as Docker does by default. */
    public static final Isolation DEFAULT = new Isolation("", "", false, List.of());

    /** Copies the options. */
    public Isolation {
      securityOptions = List.copyOf(securityOptions);
    }
  }

  /**
   * What a container sees of the host.
   *
   * @param binds mounts in Docker's form {@code /host/path:/container/path[:options]}
   * @param volumesFrom containers whose volumes it shares
   */
  public record Mounts(List<String> binds, List<String> volumesFrom) {
    /** Nothing. */
    public static final Mounts NONE = new Mounts(List.of(), List.of());

    /** Copies the lists. */
    public Mounts {
      binds = List.copyOf(binds);
      volumesFrom = List.copyOf(volumesFrom);
    }
  }

  /**
   * Host ports that lead to one port of the container.
   *
   * @param containerPort the TCP port in the container; 0 if none is published
   * @param hostPorts TCP ports on the host
   */
  public record PublishedPorts(int containerPort, List<Integer> hostPorts) {
    /** None. */
    public static final PublishedPorts NONE = new PublishedPorts(0, List.of());

    /** Copies the list. */
    public PublishedPorts {
      hostPorts = List.copyOf(hostPorts);
    }
  }

  /** What happens when a container's process ends. */
  public enum RestartPolicy {
    /** Nothing. */
    NO,
    /** It is started again, always. */
    ALWAYS
  }

  /** Starts a container definition. */
  public static ContainerSpecBuilder named(String name, ImageRef image) {
    return new ContainerSpecBuilder(name, image);
  }
}
