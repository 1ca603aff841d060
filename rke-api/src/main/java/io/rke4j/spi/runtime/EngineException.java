package io.rke4j.spi.runtime;

import io.rke4j.spi.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The container engine refused or failed an operation. */
public final class EngineException extends ProviderException {

  private static final long serialVersionUID = 1L;

  /**
   * Names the operation and carries the engine's answer.
   *
   * @param what the operation and where
   * @param answer the engine's words
   * @param isTransient whether trying again may help
   * @param cause what was caught, if anything
   */
  public EngineException(
      String what, String answer, boolean isTransient, @Nullable Throwable cause) {
    super("engine-failed", what + ": " + answer, "", List.of(), isTransient, cause);
  }
}
