package io.rke4j.api;

import io.rke4j.api.error.RkeException;

/** The run was cancelled. */
public final class ProvisioningCancelledException extends RkeException {

  private static final long serialVersionUID = 1L;

  /** Says how far the run had come. */
  public ProvisioningCancelledException(String lastStep) {
    super(
        "cancelled",
        "the run was cancelled; the last step done was " + lastStep,
        "Apply again to continue, or remove the cluster");
  }
}
