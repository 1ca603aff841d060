package io.rke4j.api;

import io.rke4j.api.error.RkeException;

/** A part that is found by {@link java.util.ServiceLoader} is not there. */
public final class ProviderNotFoundException extends RkeException {

  private static final long serialVersionUID = 1L;

  /** Names what was looked for and the artifact that has it. */
  public ProviderNotFoundException(String what, String artifact) {
    super(
        "provider-not-found",
        "no " + what + " found",
        "Add io.rke4j:" + artifact + " to the class path or module path");
  }
}
