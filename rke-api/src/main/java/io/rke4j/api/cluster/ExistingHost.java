package io.rke4j.api.cluster;

/**
 * A host that is already there, with SSH and Docker.
 *
 * @param address where this program reaches it: a name or an IP address
 * @param internalAddress where the other nodes reach it; the same as {@code address} if they do not
 *     differ
 * @param ssh how to log in
 * @param dockerSocket path of the Docker Engine's socket on the host
 */
public record ExistingHost(
    String address, String internalAddress, SshAccess ssh, String dockerSocket)
    implements MachineSpec {

  /** Where Docker Engine listens if nobody changed it. */
  public static final String DEFAULT_DOCKER_SOCKET = "/var/run/docker.sock";
}
