package io.rke4j.core.host;

import io.rke4j.api.cluster.NodeName;
import java.util.Optional;

/** The hosts of one cluster. Thread-safe. */
public interface Hosts {

  /** A host to look at; empty if its machine does not exist yet. */
  Optional<HostView> look(NodeName node);

  /** A host to act on, connected when first asked for. */
  Host open(NodeName node);
}
