package io.rke4j.testkit.docker;

import io.rke4j.spi.ProviderException;
import java.util.Optional;

/** Whether the Docker Engine of this machine can carry hosts. */
public final class DockerEngine {

  private DockerEngine() {}

  /**
   * Why hosts cannot be made here, in words that say what is missing; empty if they can.
   *
   * @param image what they would be made from
   */
  public static Optional<String> missing(String image) {
    try {
      DockerCommand.Outcome version =
          DockerCommand.run("version", "--format", "{{.Server.Version}}");
      if (!version.succeeded()) {
        return Optional.of("no Docker Engine can be used here: " + version.errors().strip());
      }
      return DockerCommand.run("image", "inspect", image).succeeded()
          ? Optional.empty()
          : Optional.of(
              "Docker does not have image "
                  + image
                  + "; rke-testkit/lab/lab setup builds the lab's");
    } catch (ProviderException e) {
      return Optional.of("no Docker Engine can be used here: " + e.getMessage());
    }
  }
}
