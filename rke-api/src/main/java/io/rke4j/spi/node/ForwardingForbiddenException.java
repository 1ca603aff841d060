package io.rke4j.spi.node;

import io.rke4j.spi.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The host's sshd does not allow what reaches the Docker socket or a port through it. */
public final class ForwardingForbiddenException extends ProviderException {

  private static final long serialVersionUID = 1L;

  private ForwardingForbiddenException(
      String host, String target, String hint, @Nullable Throwable cause) {
    super(
        "forwarding-forbidden",
        "sshd on " + host + " forbids forwarding to " + target,
        hint,
        List.of(),
        false,
        cause);
  }

  /** Names the host and the port, on the host or behind it, that was to be reached. */
  public static ForwardingForbiddenException toPort(
      String host, String target, @Nullable Throwable cause) {
    return new ForwardingForbiddenException(
        host,
        target,
        "Set 'AllowTcpForwarding yes' in its sshd_config, and no 'DisableForwarding yes' or"
            + " 'PermitOpen'; in its authorized_keys, the key must not say 'restrict' or"
            + " 'no-port-forwarding', and a certificate needs 'permit-port-forwarding'",
        cause);
  }

  /** Names the host and the socket that was to be reached. */
  public static ForwardingForbiddenException toSocket(
      String host, String path, @Nullable Throwable cause) {
    return new ForwardingForbiddenException(
        host,
        path,
        "Set 'AllowStreamLocalForwarding yes' in its sshd_config, and no 'DisableForwarding yes'",
        cause);
  }
}
