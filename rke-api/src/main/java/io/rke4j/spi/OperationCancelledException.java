package io.rke4j.spi;

import io.rke4j.api.error.RkeException;

/** The operation stopped because its run was cancelled. */
public final class OperationCancelledException extends RkeException {

  private static final long serialVersionUID = 1L;

  /** Says what was stopped. */
  public OperationCancelledException(String what) {
    super("cancelled", what + " was cancelled", "");
  }
}
