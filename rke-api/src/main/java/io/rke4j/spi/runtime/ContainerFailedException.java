package io.rke4j.spi.runtime;

import io.rke4j.spi.ProviderException;
import java.util.List;

/** A container does not do its work: it ended, keeps restarting, or never became healthy. */
public final class ContainerFailedException extends ProviderException {

  private static final long serialVersionUID = 1L;

  /**
   * Names the container and host, says what it did, and carries its last log lines.
   *
   * @param container the container's name
   * @param host where it is
   * @param why what it did, with its exit code if it ended
   * @param hint what to do about it
   * @param lastLogLines oldest first
   */
  public ContainerFailedException(
      String container, String host, String why, String hint, List<String> lastLogLines) {
    super(
        "container-failed", container + " on " + host + " " + why, hint, lastLogLines, false, null);
  }
}
