package io.rke4j.spi.node;

import io.rke4j.spi.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The host's sshd does not allow what reaches the Docker socket or a port through it. */
public final class ForwardingForbiddenException extends ProviderException {

  private static final long serialVersionUID = 1L;

  private ForwardingForbiddenException(
      String host, String target, String setting, @Nullable Throwable cause) {
    super(
        "forwarding-forbidden",
        "sshd on " + host + " forbids forwarding to " + target,
        "Set '" + setting + "' in its sshd_config, and no 'DisableForwarding yes'",
        List.of(),
        false,
        cause);
  }

  /** Names the host and the port, on the host or behind it, that was to be reached. */
  public static ForwardingForbiddenException toPort(
      String host, String target, @Nullable Throwable cause) {
    return new ForwardingForbiddenException(host, target, "AllowTcpForwarding yes", cause);
  }

  /** Names the host and the socket that was to be reached. */
  public static ForwardingForbiddenException toSocket(
      String host, String path, @Nullable Throwable cause) {
    return new ForwardingForbiddenException(host, path, "AllowStreamLocalForwarding yes", cause);
  }
}
