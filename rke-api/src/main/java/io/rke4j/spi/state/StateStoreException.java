package io.rke4j.spi.state;

import io.rke4j.spi.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state document could not be read or written. */
public final class StateStoreException extends ProviderException {

  private static final long serialVersionUID = 1L;

  /** Says what could not be done, where and why. */
  public StateStoreException(String message, String hint, @Nullable Throwable cause) {
    super("state-store", message, hint, List.of(), false, cause);
  }
}
