package io.rke4j.core.phase.node;

import io.rke4j.spi.ProviderException;
import java.util.List;
import java.util.Set;

/** A host carries a cluster whose keys are not in the state store. */
final class ForeignClusterException extends ProviderException {

  private static final long serialVersionUID = 1L;

  ForeignClusterException(String host, String cluster, Set<String> containers) {
    super(
        "foreign-cluster",
        host
            + " already carries a cluster ("
            + String.join(", ", containers)
            + "), and the state of '"
            + cluster
            + "' has no keys for it",
        "Use the state directory that it was built with, or remove that cluster from the host first",
        List.of(),
        false,
        null);
  }
}
