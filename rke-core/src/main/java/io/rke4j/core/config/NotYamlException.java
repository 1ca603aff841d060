package io.rke4j.core.config;

/** A text cannot be read as YAML. */
final class NotYamlException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final String hint;

  /**
   * Says where reading stopped.
   *
   * @param line counted from 1; 0 if the whole text is meant
   */
  NotYamlException(int line, String problem, String hint) {
    super(problem);
    this.line = line;
    this.hint = hint;
  }

  int line() {
    return line;
  }

  String problem() {
    return String.valueOf(getMessage());
  }

  String hint() {
    return hint;
  }
}
