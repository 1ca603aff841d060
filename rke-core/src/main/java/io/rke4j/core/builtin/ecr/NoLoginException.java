package io.rke4j.core.builtin.ecr;

import java.io.IOException;

/** There is no login, and asking again would not change that. */
public final class NoLoginException extends IOException {

  private static final long serialVersionUID = 1L;

  NoLoginException(String message) {
    super(message);
  }

  NoLoginException(String message, Throwable cause) {
    super(message, cause);
  }
}
