package io.rke4j.spi.node;

import io.rke4j.spi.ProviderException;
import java.util.List;

/** A script that only looks did not come to its end on a host. */
public final class ScriptFailedException extends ProviderException {

  private static final long serialVersionUID = 1L;
  private static final int EVIDENCE = 20;

  private final int exitCode;

  /**
   * Names the host and how the script has ended.
   *
   * @param host where it ran
   * @param result its exit code, and what it printed; the last lines become the evidence
   */
  public ScriptFailedException(String host, CommandResult result) {
    super(
        "script-failed",
        host + " did not say what it is: a script that only looks " + end(result.exitCode()),
        "Log in as the account of the specification and run sh -c 'echo ok': it must print that "
            + "and nothing else",
        last(result.output().lines().toList()),
        result.exitCode() < 0,
        null);
    this.exitCode = result.exitCode();
  }

  private static String end(int exitCode) {
    return "ended " + (exitCode < 0 ? "without an exit code" : "with exit code " + exitCode);
  }

  private static List<String> last(List<String> lines) {
    return lines.subList(Math.max(0, lines.size() - EVIDENCE), lines.size());
  }

  /** What the script ended with; -1 if a signal or the host's end ended it. */
  public int exitCode() {
    return exitCode;
  }
}
