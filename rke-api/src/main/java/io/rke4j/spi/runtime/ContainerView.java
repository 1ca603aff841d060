package io.rke4j.spi.runtime;

import io.rke4j.api.cluster.ImageRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at the containers of one host and changes nothing: all that a plan may use of a runtime.
 */
public interface ContainerView {

  /** What the engine says of itself and its host. */
  EngineFacts facts();

  /** What is there under a name. */
  Optional<ContainerState> state(String name);

  /** The names of all containers, running or not. */
  Set<String> names();

  /** Whether an image is on the host. */
  boolean hasImage(ImageRef image);

  /**
   * Asks the image's registry for it, with the login that a pull would use, and brings nothing to
   * the host. Returns where a pull would succeed, and where the runtime cannot ask without pulling.
   *
   * @throws io.rke4j.spi.ProviderException as a pull would fail: {@link RegistryException} or
   *     {@link ImageUnavailableException}
   */
  default void requirePullable(ImageRef image) {}

  /**
   * The files below a path of the host, as a container that mounts it sees them; empty if there is
   * no such container or path.
   */
  List<HostFile> files(String container, String path);

  /** The last lines that a container wrote, for diagnosis; empty if there are none. */
  List<String> lastLogLines(String name, int lines);
}
