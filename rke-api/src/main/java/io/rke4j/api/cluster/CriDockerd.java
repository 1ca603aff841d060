package io.rke4j.api.cluster;

/**
 * The program that lets kubelets use Docker, which from Kubernetes 1.24 on they cannot do by
 * themselves. It runs in the kubelet's container.
 *
 * @param use whether it is used
 * @param streamAddress address at which it serves {@code exec}, {@code attach} and {@code
 *     port-forward}; empty for {@code 127.0.0.1}
 * @param streamPort the TCP port of that; 0 for 10010
 */
public record CriDockerd(Use use, String streamAddress, int streamPort) {

  /** As the Kubernetes version has it. */
  public static final CriDockerd BY_VERSION = new CriDockerd(Use.BY_VERSION, "", 0);

  private static final int LAST_PORT = 65535;

  /** Whether cri-dockerd is used. */
  public enum Use {
    /** From Kubernetes 1.24 on, and not before. */
    BY_VERSION,
    /** Yes; needs Kubernetes 1.21 or newer. */
    YES,
    /** No; needs Kubernetes older than 1.24. */
    NO
  }

  /** Checks the address and the port. */
  public CriDockerd {
    if (!streamAddress.matches("(\\d{1,3}(\\.\\d{1,3}){3})?")) {
      throw new IllegalArgumentException("'" + streamAddress + "' is not an IPv4 address");
    }
    if (streamPort < 0 || streamPort > LAST_PORT) {
      throw new IllegalArgumentException(streamPort + " is not a TCP port");
    }
  }

  /** Whether a cluster of this version has it. */
  public boolean isUsed(KubernetesVersion version) {
    return use == Use.YES || (use == Use.BY_VERSION && version.minor() >= VersionChecks.NO_DOCKER);
  }
}
