package io.rke4j.spi.node;

import io.rke4j.spi.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** No SSH connection to a host could be made: nobody listens, or the network is in the way. */
public final class NodeUnreachableException extends ProviderException {

  private static final long serialVersionUID = 1L;

  private static final String LOOK =
      "Check that the host is up, that sshd listens there, and that no firewall is in the way";

  private static final String MAKE_ROOM =
      "If it takes no more logins at once, set 'MaxStartups 100:30:200' and no"
          + " 'PerSourceMaxStartups' in its sshd_config; if it refuses this address, look into its"
          + " hosts.deny and fail2ban";

  private NodeUnreachableException(
      String host, String why, String hint, @Nullable Throwable cause) {
    super(
        "node-unreachable",
        "cannot connect to " + host + " by SSH: " + why,
        hint,
        List.of(),
        true,
        cause);
  }

  /** Names the host and the cause. */
  public NodeUnreachableException(String host, String why, @Nullable Throwable cause) {
    this(host, why, LOOK, cause);
  }

  /** Names the host, whose sshd has hung up before any greeting, as a busy one does. */
  public static NodeUnreachableException dropped(String host, @Nullable Throwable cause) {
    return new NodeUnreachableException(
        host, "its sshd hung up before it said who it is", MAKE_ROOM, cause);
  }
}
