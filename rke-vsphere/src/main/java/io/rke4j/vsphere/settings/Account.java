package io.rke4j.vsphere.settings;

/**
 * The account that cloud-init makes.
 *
 * @param user its name
 * @param group a group of it, made if there is none; empty for none
 * @param port the port of sshd
 */
public record Account(String user, String group, int port) {

  /** Checks name and port. */
  public Account {
    if (user.isBlank()) {
      throw new IllegalArgumentException("an SSH user is required");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(port + " is not a port");
    }
  }
}
