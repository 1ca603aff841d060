package io.rke4j.spi.node;

import java.io.IOException;

/** A way to ports that this program may not reach by itself: the network behind a bastion host. */
@FunctionalInterface
public interface Route {

  /**
   * A stream to a TCP port. The caller closes it.
   *
   * @throws IOException if nobody listens there
   * @throws NodeUnreachableException if the way itself is closed
   */
  Stream open(String address, int port) throws IOException;
}
