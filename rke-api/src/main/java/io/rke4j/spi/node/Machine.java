package io.rke4j.spi.node;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.SshAccess;
import java.util.List;

/**
 * A machine that exists, and how it is reached.
 *
 * @param name the node it carries
 * @param address where this program reaches it
 * @param internalAddress where the other nodes reach it
 * @param ssh how to log in
 * @param dockerSocket path of the Docker Engine's socket on the machine
 * @param hostKeys public keys of its SSH server as the driver knows them for certain, each as
 *     {@code type base64}, for example because it put them there; if there are any, only they are
 *     taken, and if there are none, the provisioner's host key policy decides
 */
public record Machine(
    NodeName name,
    String address,
    String internalAddress,
    SshAccess ssh,
    String dockerSocket,
    List<String> hostKeys) {

  /** Copies the keys. */
  public Machine {
    hostKeys = List.copyOf(hostKeys);
  }

  /** A machine whose host keys the driver does not know. */
  public Machine(
      NodeName name, String address, String internalAddress, SshAccess ssh, String dockerSocket) {
    this(name, address, internalAddress, ssh, dockerSocket, List.of());
  }

  /** The same machine with another node on it. */
  public Machine named(NodeName node) {
    return new Machine(node, address, internalAddress, ssh, dockerSocket, hostKeys);
  }
}
