package io.rke4j.spi.runtime;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is on a host under a container's name.
 *
 * @param id the engine's identifier
 * @param status where the container is in its life
 * @param definition how it was made, without what its image brings: entry point, command, variables
 *     and labels that equal the image's own are left out
 * @param restarts how often the engine has started it again because its process had ended
 * @param exitCode how its process ended last; 0 if it never did
 * @param logPath where the engine keeps its output on the host; empty if unknown
 * @param startedAt when its process was last started, by the host's clock; {@link Instant#EPOCH} if
 *     never, or unknown
 * @param volumes the names of the volumes that it has, by the folders where it sees them, its own
 *     and those of others; not the host's folders. What a runtime does not report is not noticed
 *     either: that another container, whose volumes it shares, has been replaced
 */
public record ContainerState(
    String id,
    Status status,
    ContainerSpec definition,
    int restarts,
    int exitCode,
    String logPath,
    Instant startedAt,
    Map<String, String> volumes) {

  /** Copies the volumes. */
  public ContainerState {
    volumes = Collections.unmodifiableMap(new TreeMap<>(volumes));
  }

  /** A container of which nobody knows when it was started, or what volumes it has. */
  public ContainerState(
      String id,
      Status status,
      ContainerSpec definition,
      int restarts,
      int exitCode,
      String logPath) {
    this(id, status, definition, restarts, exitCode, logPath, Instant.EPOCH, Map.of());
  }

  /** Where a container is in its life. */
  public enum Status {
    /** Made, never started. */
    CREATED,
    /** Its process runs. */
    RUNNING,
    /** Its process ended and the engine is about to start it again. */
    RESTARTING,
    /** Its process ended. */
    EXITED
  }

  /** Whether its process runs. */
  public boolean isRunning() {
    return status == Status.RUNNING;
  }
}
