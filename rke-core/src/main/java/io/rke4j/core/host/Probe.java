package io.rke4j.core.host;

/**
 * A question to a port of a host, as the host itself sees it.
 *
 * @param scheme {@code http} or {@code https}
 * @param address for example {@code localhost}
 * @param port the TCP port
 * @param path for example {@code /healthz}
 */
public record Probe(String scheme, String address, int port, String path) {

  @Override
  public String toString() {
    return scheme + "://" + address + ":" + port + path;
  }
}
