package io.rke4j.core.ssh;

import io.rke4j.api.Pace;
import java.time.Duration;

/**
 * How long hosts may be silent before they count as gone.
 *
 * @param connect for taking a connection and for each answer until the login
 * @param answer for an answer to a request, such as one for a channel
 * @param keepAlive from one question whether a host is still there to the next
 * @param unanswered how many such questions may be without an answer
 * @param steady whether all this stays as it is; if not, it is asked for again while somebody waits
 */
public record SshPatience(
    Duration connect, Duration answer, Duration keepAlive, int unanswered, boolean steady) {

  /** For sending a piece: longer than SSH waits until the other side has room for it. */
  Duration send() {
    return answer.multipliedBy(2);
  }

  /**
   * For a command that only looks: a disk that is gone, or an engine that hangs, holds it forever.
   */
  Duration look() {
    return answer.multipliedBy(6);
  }

  /** For a command that changes something: an engine that is installed is downloaded first. */
  Duration work() {
    return answer.multipliedBy(45);
  }

  /** What hosts and networks of this world need. */
  public static final SshPatience USUAL =
      new SshPatience(
          Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(5), 3, true);

  /** With one host, at another pace. */
  public static SshPatience at(Pace pace, String address) {
    if (pace == Pace.USUAL) {
      return USUAL;
    }
    return new SshPatience(
        pace.silence(address, USUAL.connect),
        pace.silence(address, USUAL.answer),
        pace.silence(address, USUAL.keepAlive),
        USUAL.unanswered,
        false);
  }
}
