package io.rke4j.testkit.kube;

import io.rke4j.testkit.kube.api.Faults;
import io.rke4j.testkit.kube.api.KubeEndpointServer;
import io.rke4j.testkit.kube.api.ServerSettings;
import io.rke4j.testkit.kube.api.ServingCertificate;
import io.rke4j.testkit.kube.store.KubeStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/**
 * One API server of a simulated cluster: a real HTTPS endpoint, good enough for kubectl and other
 * clients. Several may serve one store, as the control planes of a cluster do. Thread-safe.
 */
public final class SimulatedKubeApi implements AutoCloseable {

  private final KubeEndpointServer server;

  private SimulatedKubeApi(KubeEndpointServer server) {
    this.server = server;
  }

  /**
   * Starts an API server that is set as RKE sets it: no anonymous requests, and roles decide.
   *
   * @param address where it is to listen; port 0 is any free one
   * @param certificate its certificate and key, and who signs clients
   * @param store the cluster
   * @throws UncheckedIOException if the address is taken or not of this machine
   * @throws IllegalArgumentException if the certificates or the key cannot be read
   */
  public static SimulatedKubeApi start(
      InetSocketAddress address, ServingCertificate certificate, KubeStore store) {
    return start(address, certificate, store, ServerSettings.usual());
  }

  /** As {@link #start(InetSocketAddress, ServingCertificate, KubeStore)}, set otherwise. */
  public static SimulatedKubeApi start(
      InetSocketAddress address,
      ServingCertificate certificate,
      KubeStore store,
      ServerSettings settings) {
    settings.release().ifPresent(store::upgradeTo);
    try {
      return new SimulatedKubeApi(new KubeEndpointServer(address, certificate, settings, store));
    } catch (IOException e) {
      throw new UncheckedIOException("no API server can listen at " + address, e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.address();
  }

  /** Lets requests go wrong. */
  public Faults faults() {
    return server.faults();
  }

  /** How many watches its clients have open. */
  public int watches() {
    return server.watches();
  }

  /** Ends all connections and frees the port. */
  @Override
  public void close() {
    server.close();
  }
}
