package io.rke4j.api.cluster;

/**
 * How the ingress controller is reached on its hosts.
 *
 * @param mode how
 * @param http the host's port for HTTP; 80 unless the mode is {@link Mode#HOST_PORT}
 * @param https the host's port for HTTPS; 443 unless the mode is {@link Mode#HOST_PORT}
 */
public record IngressPorts(Mode mode, int http, int https) {

  /** On the host's own network, at ports 80 and 443. */
  public static final IngressPorts USUAL = new IngressPorts(Mode.HOST_NETWORK, 80, 443);

  private static final int HIGHEST = 65_535;

  /** How the controller is reached; the names are RKE's. */
  public enum Mode {
    /** It has the host's network. */
    HOST_NETWORK("hostNetwork"),
    /** Ports of the host lead to it. */
    HOST_PORT("hostPort"),
    /** Only from within the cluster, unless the user adds a Service. */
    NONE("none");

    private final String label;

    Mode(String label) {
      this.label = label;
    }

    /** The spelling of RKE's {@code network_mode}. */
    public String label() {
      return label;
    }
  }

  /** Checks the ports. */
  public IngressPorts {
    if (http < 1 || https < 1 || http > HIGHEST || https > HIGHEST) {
      throw new IllegalArgumentException("has a port that is not from 1 to " + HIGHEST);
    }
    if (http == https) {
      throw new IllegalArgumentException("has the same port for HTTP and HTTPS");
    }
    if (mode != Mode.HOST_PORT && (http != 80 || https != 443)) {
      throw new IllegalArgumentException(
          "has ports other than 80 and 443, which mean nothing unless network_mode is hostPort");
    }
  }
}
