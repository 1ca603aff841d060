package io.rke4j.testkit.docker;

import java.util.List;

/**
 * What the hosts that a {@link DockerNodeDriver} makes have in common.
 *
 * @param image their image, whose entry point starts an SSH server on port 22, with root admitted
 *     by key, and a Docker Engine; see the lab
 * @param network the Docker network that they share; it has to be there
 * @param prefix what their containers' names begin with; the node's name follows
 * @param registryMirror {@code address:port} of a mirror of docker.io, reached without TLS; empty
 *     for none
 * @param nameServers their DNS servers; may be empty
 */
public record DockerHosts(
    String image, String network, String prefix, String registryMirror, List<String> nameServers) {

  /** Copies the name servers. */
  public DockerHosts {
    nameServers = List.copyOf(nameServers);
  }

  /** Hosts of the lab's image in a network, pulling their images from the internet. */
  public static DockerHosts in(String network) {
    return new DockerHosts("rke4j-lab/node", network, "rke4j-test-", "", List.of());
  }

  /** The same with a mirror of docker.io. */
  public DockerHosts mirroredBy(String addressAndPort) {
    return new DockerHosts(image, network, prefix, addressAndPort, nameServers);
  }

  /** The same with another image. */
  public DockerHosts of(String otherImage) {
    return new DockerHosts(otherImage, network, prefix, registryMirror, nameServers);
  }

  /** The same with other names, so that several sets of hosts get along on one machine. */
  public DockerHosts named(String otherPrefix) {
    return new DockerHosts(image, network, otherPrefix, registryMirror, nameServers);
  }
}
