package io.rke4j.testkit.kube.api;

import com.sun.net.httpserver.HttpsServer;
import io.rke4j.testkit.kube.resource.Release;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.threads.KubeThreads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * One HTTPS server in front of a store. It serves at most 256 requests and unused connections at a
 * time, and closes what is more. Thread-safe.
 */
public final class KubeEndpointServer implements AutoCloseable {

  // The JDK's server waits on a thread for the first request of a connection, and kubectl opens
  // some
  // that it never uses; with few threads, these would starve all others. Connections between two
  // requests, and watches, have no thread.
  private static final int THREADS = 256;
  private static final int WAITING_CONNECTIONS = 200;

  private final HttpsServer server;
  private final ThreadPoolExecutor workers;
  private final Watches watches;
  private final Faults faults;

  static {
    // Otherwise each answer waits 40 ms for an acknowledgement of its headers.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  /**
   * Starts to serve.
   *
   * @param address where; port 0 is any free one
   * @throws IOException if the address is taken or not of this machine
   * @throws IllegalArgumentException if the certificates or the key cannot be read
   */
  public KubeEndpointServer(
      InetSocketAddress address,
      ServingCertificate certificate,
      ServerSettings settings,
      KubeStore store)
      throws IOException {
    ClientTrust clients = clients(certificate);
    ServingTls tls = ServingTls.of(certificate, clients);
    faults = settings.faults();
    server = HttpsServer.create(address, WAITING_CONNECTIONS);
    String name = "kube-api-" + server.getAddress().getPort();
    workers = KubeThreads.immediate(name, THREADS);
    watches = new Watches(name);
    Authorization authorization = new Authorization(store, settings.rbac());
    Etcd etcd = new Etcd(settings.etcd(), faults, workers::isShutdown);
    Release release = settings.release().orElse(store.types().release());
    server.setHttpsConfigurator(tls);
    server.setExecutor(workers);
    server.createContext(
        "/",
        new KubeHandler(
            new Authentication(clients, settings.tokens(), store),
            new Routes(store, release, authorization, etcd),
            faults,
            watches));
    server.start();
  }

  private static ClientTrust clients(ServingCertificate certificate) {
    try {
      return new ClientTrust(PemFiles.certificates(certificate.clientAuthority()));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the authority for clients cannot be read; give PEM", e);
    }
  }

  /** Where it serves. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Which requests are to go wrong. */
  public Faults faults() {
    return faults;
  }

  /** How many watches are open. */
  public int watches() {
    return watches.count();
  }

  /** Ends all connections; the port is free and no thread is left soon after. */
  @Override
  public void close() {
    watches.close();
    server.stop(0);
    workers.shutdown();
  }
}
