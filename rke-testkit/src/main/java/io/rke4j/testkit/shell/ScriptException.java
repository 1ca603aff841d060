package io.rke4j.testkit.shell;

/** A script that this shell cannot read, or a program that nothing is known of. */
public final class ScriptException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ScriptException(String message) {
    super(message);
  }
}
