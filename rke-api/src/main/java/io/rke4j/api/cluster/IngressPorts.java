package io.rke4j.api.cluster;

/**
 * How the ingress controller is reached on its hosts.
 *
 * @param mode how
 * @param http the host's port for HTTP; 80 unless it turns out to be {@link Mode#HOST_PORT}
 * @param https the host's port for HTTPS; 443 unless it turns out to be {@link Mode#HOST_PORT}
 */
public record IngressPorts(Mode mode, int http, int https) {

  /** At ports 80 and 443, in the way of the Kubernetes version. */
  public static final IngressPorts USUAL = new IngressPorts(Mode.BY_VERSION, 80, 443);

  private static final int HIGHEST = 65_535;

  /** How the controller is reached; the names are RKE's. */
  public enum Mode {
    /** On the host's network before Kubernetes 1.21, by ports of the host from there on. */
    BY_VERSION(""),
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

    /** The spelling of RKE's {@code network_mode}; empty for what it has if nothing is said. */
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
    boolean mayLead = mode == Mode.HOST_PORT || mode == Mode.BY_VERSION;
    if (!mayLead && (http != 80 || https != 443)) {
      throw new IllegalArgumentException(
          "has ports other than 80 and 443, which mean nothing unless network_mode is hostPort");
    }
  }
}
