package io.rke4j.core.host;

/**
 * A question to a port of a host, as the host itself sees it.
 *
 * @param scheme {@code http} or {@code https}
 * @param address for example {@code localhost}
 * @param port the TCP port
 * @param path for example {@code /healthz}
 * @param trust whose certificate is taken
 */
public record Probe(String scheme, String address, int port, String path, Trust trust) {

  /** Whose certificate is taken. */
  public enum Trust {
    /** One that the cluster's authority has signed. */
    CLUSTER,
    /**
     * Any. For what listens on the host itself with a certificate of its own making: the question
     * has no secret, and the way there is the verified connection to the host.
     */
    ANYONE
  }

  /** A question to who has a certificate of the cluster, or needs none. */
  public Probe(String scheme, String address, int port, String path) {
    this(scheme, address, port, path, Trust.CLUSTER);
  }

  @Override
  public String toString() {
    return scheme + "://" + address + ":" + port + path;
  }
}
