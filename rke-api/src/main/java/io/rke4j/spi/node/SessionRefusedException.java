package io.rke4j.spi.node;

import io.rke4j.spi.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The host's sshd runs no further command in a connection. */
public final class SessionRefusedException extends ProviderException {

  private static final long serialVersionUID = 1L;

  /** Names the host and the setting. */
  public SessionRefusedException(String host, @Nullable Throwable cause) {
    super(
        "session-refused",
        "sshd on " + host + " runs no further command in this connection",
        "Set 'MaxSessions 10' in its sshd_config; with 'AllowStreamLocalForwarding yes', one session"
            + " is enough",
        List.of(),
        false,
        cause);
  }
}
