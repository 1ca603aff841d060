package io.rke4j.spi.node;

import io.rke4j.spi.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The host's sshd does not allow what reaches the Docker socket or a port through it. */
public final class ForwardingForbiddenException extends ProviderException {

  private static final long serialVersionUID = 1L;

  /** Names the host and what was to be reached. */
  public ForwardingForbiddenException(String host, String target, @Nullable Throwable cause) {
    super(
        "forwarding-forbidden",
        "sshd on " + host + " forbids forwarding to " + target,
        "Set 'AllowTcpForwarding yes' and 'AllowStreamLocalForwarding yes' in its sshd_config",
        List.of(),
        false,
        cause);
  }
}
