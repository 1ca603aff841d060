package io.rke4j.spi.runtime;

import io.rke4j.spi.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The host is reached, but its container engine is not: no socket, or no right to use it. */
public final class EngineAccessException extends ProviderException {

  private static final long serialVersionUID = 1L;

  /** Names the host, the socket and the reason. */
  public EngineAccessException(
      String host, String socket, String why, String hint, @Nullable Throwable cause) {
    super(
        "engine-access",
        "cannot use the container engine at " + socket + " on " + host + ": " + why,
        hint,
        List.of(),
        false,
        cause);
  }
}
