package io.rke4j.vsphere.settings;

import io.rke4j.api.cluster.Secret;
import java.net.URI;

/**
 * A vCenter server and an account.
 *
 * @param server its name or address
 * @param port its HTTPS port, as a rule 443
 * @param user the account, for example {@code rke@vsphere.local}
 * @param password its password
 * @param trust how its certificate is verified
 */
public record VsphereConnection(
    String server, int port, String user, Secret password, ServerTrust trust) {

  /** Checks that server and user are there, and the port. */
  public VsphereConnection {
    if (server.isBlank() || user.isBlank()) {
      throw new IllegalArgumentException("a vCenter server and a user are required");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(port + " is not a port");
    }
  }

  /** The address that requests start with, without a path. */
  public URI root() {
    String host = server.contains(":") && !server.startsWith("[") ? "[" + server + "]" : server;
    return URI.create("https://" + host + ":" + port);
  }
}
