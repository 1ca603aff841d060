package io.rke4j.core.render;

import java.net.URI;

/**
 * Where a component says whether it is well, seen from its node.
 *
 * @param scheme {@code http} or {@code https}
 * @param host {@code localhost}, or the node's address if the component listens only there
 * @param port the TCP port
 * @param path the path
 */
public record HealthCheck(String scheme, String host, int port, String path) {

  /** The whole address. */
  public URI uri() {
    return URI.create(scheme + "://" + host + ":" + port + path);
  }
}
