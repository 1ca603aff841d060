package io.rke4j.api.error;

import java.util.List;

/**
 * Base of everything this library throws on purpose. The message says what failed, where and why;
 * {@link #hint()} says what to do; {@link #evidence()} holds what was seen, so that nobody has to
 * search a log. None of the three ever contains a secret.
 */
public abstract class RkeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final String hint;
  private final transient List<String> evidence;

  /**
   * An error without evidence.
   *
   * @param code stable identifier, documented in {@code docs/errors/<code>.md}
   * @param message what failed, where and why
   * @param hint what the caller can do about it; empty if the message already says it
   */
  protected RkeException(String code, String message, String hint) {
    this(code, message, hint, List.of());
  }

  /**
   * An error with what was observed: last log lines, an exit code, the last state seen.
   *
   * @param code stable identifier, documented in {@code docs/errors/<code>.md}
   * @param message what failed, where and why
   * @param hint what the caller can do about it; empty if the message already says it
   * @param evidence lines, oldest first
   */
  protected RkeException(String code, String message, String hint, List<String> evidence) {
    super(compose(message, hint, evidence));
    this.code = code;
    this.hint = hint;
    this.evidence = List.copyOf(evidence);
  }

  private static String compose(String message, String hint, List<String> evidence) {
    StringBuilder text = new StringBuilder(message);
    if (!hint.isEmpty()) {
      text.append(joint(message)).append(hint);
    }
    evidence.forEach(line -> text.append("\n    | ").append(line));
    return text.toString();
  }

  /** A stable, documented identifier, for example {@code step-failed}. */
  public final String code() {
    return code;
  }

  /** What the caller can do; empty if the message says it all. */
  public final String hint() {
    return hint;
  }

  /** What was observed, oldest line first; empty if there was nothing to see. */
  public final List<String> evidence() {
    return evidence == null ? List.of() : evidence;
  }

  private static String joint(String message) {
    if (message.endsWith("\n")) {
      return "";
    }
    return message.endsWith(".") ? " " : ". ";
  }
}
