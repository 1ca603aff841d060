package io.rke4j.core.phase.etcd;

import io.rke4j.spi.ProviderException;
import java.util.List;
import java.util.Set;

/** A member of etcd has begun a cluster with other members than it is to have. */
final class EtcdFoundedOtherwiseException extends ProviderException {

  private static final long serialVersionUID = 1L;

  EtcdFoundedOtherwiseException(String host, Set<String> before, Set<String> wanted) {
    super(
        "etcd-founded-otherwise",
        "the etcd on "
            + host
            + " was begun with the members "
            + String.join(", ", before)
            + " by a run that did not come to its end, and now they are to be "
            + String.join(", ", wanted),
        "Remove the cluster and build it anew, or name the nodes with role etcd that it was begun"
            + " with",
        List.of(),
        false,
        null);
  }
}
