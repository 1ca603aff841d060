package io.rke4j.spi.runtime;

import io.rke4j.spi.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The container engine of a host has no room left for what it was to keep. */
public final class DiskFullException extends ProviderException {

  private static final long serialVersionUID = 1L;

  /**
   * Names the operation and carries the engine's answer, which has the file.
   *
   * @param what the operation and where
   * @param answer the engine's words
   * @param cause what was caught, if anything
   */
  public DiskFullException(String what, String answer, @Nullable Throwable cause) {
    super(
        "disk-full",
        what + ": the disk of the host is full: " + answer,
        "Free some room on the host and run again: 'df -h' and 'df -i' say which disk it is,"
            + " 'docker system df' what the engine keeps and no longer needs",
        List.of(),
        false,
        cause);
  }
}
