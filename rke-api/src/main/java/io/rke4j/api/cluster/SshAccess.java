package io.rke4j.api.cluster;

/**
 * How a host is reached by SSH.
 *
 * @param user the account, which must be allowed to use the Docker socket
 * @param port the port of sshd
 * @param key the private key, or an agent that has one
 */
public record SshAccess(String user, int port, SshKey key) {

  /** Checks the port. */
  public SshAccess {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(port + " is not a port");
    }
    if (user.isBlank()) {
      throw new IllegalArgumentException("an SSH user is required");
    }
  }
}
