package io.rke4j.spi.runtime;

import io.rke4j.spi.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container needs a port of the host that somebody else has. */
public final class PortTakenException extends ProviderException {

  private static final long serialVersionUID = 1L;

  /** Names the host, the container and the engine's answer, which has the port. */
  public PortTakenException(
      String host, String container, String answer, @Nullable Throwable cause) {
    super(
        "port-taken",
        "cannot start " + container + " on " + host + ": " + answer,
        "Find the program with 'ss -ltnp' on the host, and stop it or move it to another port",
        List.of(),
        false,
        cause);
  }
}
