package io.rke4j.spi.runtime;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.spi.OperationContext;
import java.util.List;

/**
 * Runs containers on one host. Thread-safe. Failures are {@link io.rke4j.spi.ProviderException}s
 * with the engine's own words as evidence.
 */
public interface ContainerRuntime extends ContainerView, AutoCloseable {

  /** Brings an image to the host; where it already is, does nothing. */
  void ensureImage(ImageRef image, OperationContext context);

  /**
   * Makes the container exist as defined, not started. One with another definition is replaced; one
   * with this definition is left alone.
   */
  void ensureCreated(ContainerSpec spec, OperationContext context);

  /**
   * Makes the container run as defined. One with another definition is replaced; one with this
   * definition is started if it does not run, and otherwise left alone. One that has volumes of
   * another container is replaced, too, if that one was replaced since and has other volumes now.
   * If a replacement that was cut off has left the former one under the name {@code old-NAME}, as
   * RKE's would, that goes.
   */
  void ensureRunning(ContainerSpec spec, OperationContext context);

  /** Runs a container to its end and removes it. Always a fresh one, whatever has the name now. */
  RunResult run(ContainerSpec spec, OperationContext context);

  /**
   * Puts files on the host through a container that is made with the given mounts, never started,
   * and removed again. Paths are as that container sees them.
   */
  void writeFiles(ContainerSpec carrier, List<HostFile> files, OperationContext context);

  /** Stops a running container within seconds and starts it again. */
  void restart(String name, OperationContext context);

  /** Removes a container with its anonymous volumes; where there is none, does nothing. */
  void remove(String name, OperationContext context);

  @Override
  void close();
}
