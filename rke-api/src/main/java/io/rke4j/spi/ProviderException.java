package io.rke4j.spi;

import io.rke4j.api.error.RkeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A driver, runtime, deployer or store could not do its work. Its author says whether trying again
 * may help; nothing is ever guessed from a message.
 */
public class ProviderException extends RkeException {

  private static final long serialVersionUID = 1L;

  private final boolean isTransient;

  /**
   * For subclasses with a code of their own.
   *
   * @param code stable identifier, documented in {@code docs/errors/<code>.md}
   * @param message what failed, where and why
   * @param hint what to do about it
   * @param evidence what was seen, oldest line first
   * @param isTransient whether trying again may help
   * @param cause what was caught, if anything
   */
  protected ProviderException(
      String code,
      String message,
      String hint,
      List<String> evidence,
      boolean isTransient,
      @Nullable Throwable cause) {
    super(code, message, hint, evidence);
    this.isTransient = isTransient;
    if (cause != null) {
      initCause(cause);
    }
  }

  /** A failure that may pass by itself: a refused connection, a busy service. */
  public static ProviderException transientFailure(
      String message, String hint, @Nullable Throwable cause) {
    return new ProviderException("provider-failed", message, hint, List.of(), true, cause);
  }

  /** A failure that stays until somebody does something. */
  public static ProviderException permanentFailure(
      String message, String hint, @Nullable Throwable cause) {
    return new ProviderException("provider-failed", message, hint, List.of(), false, cause);
  }

  /** Whether trying again may help. */
  public final boolean isTransient() {
    return isTransient;
  }
}
