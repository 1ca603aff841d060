package io.rke4j.testkit.docker;

/** A Docker network for hosts that are to have one of their own. */
public final class DockerNetwork implements AutoCloseable {

  private final String name;

  private DockerNetwork(String name) {
    this.name = name;
  }

  /**
   * Makes one.
   *
   * @throws io.rke4j.spi.ProviderException if the Docker Engine refuses, for example because there
   *     is one of that name
   */
  public static DockerNetwork create(String name) {
    DockerCommand.ask("network", "create", name);
    return new DockerNetwork(name);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Takes it away; no host may be left in it. */
  @Override
  public void close() {
    DockerCommand.ask("network", "rm", name);
  }
}
