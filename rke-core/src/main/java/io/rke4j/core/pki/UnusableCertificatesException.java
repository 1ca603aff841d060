package io.rke4j.core.pki;

import io.rke4j.api.error.RkeException;
import org.jspecify.annotations.Nullable;

/** The keys and certificates that are kept for a cluster do not allow what is needed. */
public final class UnusableCertificatesException extends RkeException {

  private static final long serialVersionUID = 1L;

  /** Says which certificate, why, and what to do. */
  public UnusableCertificatesException(String message, String hint, @Nullable Throwable cause) {
    super("certificates-unusable", message, hint);
    if (cause != null) {
      initCause(cause);
    }
  }
}
