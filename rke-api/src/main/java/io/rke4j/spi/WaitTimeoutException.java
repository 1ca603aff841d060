package io.rke4j.spi;

import java.time.Duration;
import java.util.List;

/** Something awaited did not come. */
public final class WaitTimeoutException extends ProviderException {

  private static final long serialVersionUID = 1L;

  private final Duration waited;
  private final String lastSeen;

  /**
   * Says what was awaited, for how long, and what was seen last.
   *
   * @param what what was awaited
   * @param waited for how long
   * @param lastSeen the last observation
   */
  public WaitTimeoutException(String what, Duration waited, String lastSeen) {
    super(
        "wait-timeout",
        "waited " + waited.toSeconds() + "s for " + what + "; last seen: " + lastSeen,
        "",
        List.of(),
        false,
        null);
    this.waited = waited;
    this.lastSeen = lastSeen;
  }

  /** For how long was waited: the whole time given, or less if the run was failing meanwhile. */
  public Duration waited() {
    return waited;
  }

  /** The last observation. */
  public String lastSeen() {
    return lastSeen;
  }
}
