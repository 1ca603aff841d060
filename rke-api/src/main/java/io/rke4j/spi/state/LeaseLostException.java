package io.rke4j.spi.state;

import io.rke4j.spi.ProviderException;
import java.util.List;

/** The right to change the cluster was lost in the middle of a run, which therefore stops. */
public final class LeaseLostException extends ProviderException {

  private static final long serialVersionUID = 1L;

  /** Names the cluster. */
  public LeaseLostException(String cluster) {
    super(
        "lease-lost",
        "this run has lost the right to change cluster '" + cluster + "'",
        "Find out who deleted or replaced the lock, make sure that no other run is under way, and"
            + " apply again",
        List.of(),
        false,
        null);
  }
}
