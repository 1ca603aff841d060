package io.rke4j.core.host;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.spi.Observation;
import io.rke4j.spi.runtime.ContainerView;

/** What a step may do to a host while it decides: look. */
public interface HostView {

  /** The node that the host carries. */
  NodeName name();

  /** Its containers, to look at. */
  ContainerView containers();

  /** Asks a port of the host; reached if it answers 200. */
  Observation probe(Probe probe);
}
