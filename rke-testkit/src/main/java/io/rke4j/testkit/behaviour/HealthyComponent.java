package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.container.ContainerProcess;
import io.rke4j.testkit.host.PortService;
import java.io.IOException;
import javax.net.ssl.SSLContext;

/**
 * A component that does nothing here but be healthy, if it finds its kubeconfig: controller
 * manager, scheduler, kube-proxy. What the first two do for a cluster, its API does by itself.
 *
 * @see ClusterApi
 */
final class HealthyComponent extends Program {

  private static final int NONE = 0;

  private final int plainPort;
  private final int plainBefore;
  private final int securePort;

  private HealthyComponent(int plainPort, int plainBefore, int securePort) {
    this.plainPort = plainPort;
    this.plainBefore = plainBefore;
    this.securePort = securePort;
  }

  /** Kubernetes 1.22 took its port without TLS away; 1.24 the flag for it. */
  static HealthyComponent controllerManager() {
    return new HealthyComponent(10252, 24, 10257);
  }

  static HealthyComponent scheduler() {
    return new HealthyComponent(10251, 23, 10259);
  }

  static HealthyComponent proxy() {
    return new HealthyComponent(10256, Integer.MAX_VALUE, NONE);
  }

  @Override
  public void start(ContainerProcess process) {
    try {
      Files.required(process, "kubeconfig");
      if (Files.minor(process) < plainBefore) {
        process.listen(plainPort, HttpPort.healthy());
      }
      if (securePort != NONE) {
        SSLContext tls = Tls.selfSigned(process.name());
        PortService service = HttpPort.healthy().with(tls, false);
        process.listen(securePort, service);
      }
    } catch (IOException e) {
      process.err("F0101 00:00:00.000000       1 server.go] " + e.getMessage());
      process.exit(1);
    }
  }
}
