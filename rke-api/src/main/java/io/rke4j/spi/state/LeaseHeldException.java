package io.rke4j.spi.state;

import io.rke4j.spi.ProviderException;
import java.util.List;

/** Somebody else is changing the cluster. */
public final class LeaseHeldException extends ProviderException {

  private static final long serialVersionUID = 1L;

  /** Names the cluster and its holder. */
  public LeaseHeldException(String cluster, String holder) {
    super(
        "lease-held",
        "cluster '" + cluster + "' is being changed by " + holder,
        "Wait until that run has ended",
        List.of(),
        true,
        null);
  }
}
