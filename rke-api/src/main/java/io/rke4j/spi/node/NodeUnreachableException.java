package io.rke4j.spi.node;

import io.rke4j.spi.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** No SSH connection to a host could be made: nobody listens, or the network is in the way. */
public final class NodeUnreachableException extends ProviderException {

  private static final long serialVersionUID = 1L;

  /** Names the host and the cause. */
  public NodeUnreachableException(String host, String why, @Nullable Throwable cause) {
    super(
        "node-unreachable",
        "cannot connect to " + host + " by SSH: " + why,
        "Check that the host is up, that sshd listens there, and that no firewall is in the way",
        List.of(),
        true,
        cause);
  }
}
