package io.rke4j.core.host;

import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.runtime.ContainerRuntime;

/** What a step may do to a host while it acts: look and change. */
public interface Host extends HostView {

  @Override
  ContainerRuntime containers();

  /** The connection, for probes of ports that only the host itself reaches. */
  NodeConnection connection();
}
