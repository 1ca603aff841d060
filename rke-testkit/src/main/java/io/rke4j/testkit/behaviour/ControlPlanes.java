package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.host.OpenPort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Which API is reached at which host, and what keeps each. Thread-safe. */
final class ControlPlanes implements AutoCloseable {

  private final Map<String, ClusterApi> byData = new HashMap<>();
  private final Map<String, Server> byHost = new HashMap<>();
  private final Map<String, List<String>> proxies = new HashMap<>();
  private final ClusterApi.Maker maker;

  /**
   * An API server.
   *
   * @param isWell whether it could read and write
   */
  private record Server(ClusterApi api, BooleanSupplier isWell) {}

  ControlPlanes(ClusterApi.Maker maker) {
    this.maker = maker;
  }

  /** The API over the data of an etcd. */
  synchronized ClusterApi of(String data, String version) {
    return byData.computeIfAbsent(data, key -> maker.make(version));
  }

  /** An API server answers at a host. */
  synchronized OpenPort serves(String host, ClusterApi api, BooleanSupplier isWell) {
    Server server = new Server(api, isWell);
    byHost.put(host, server);
    return () -> ends(host, server);
  }

  private synchronized void ends(String host, Server server) {
    byHost.remove(host, server);
  }

  /** A host has a proxy that leads to API servers of others. */
  synchronized OpenPort leads(String host, List<String> upstream) {
    proxies.put(host, upstream);
    return () -> endsToLead(host);
  }

  private synchronized void endsToLead(String host) {
    proxies.remove(host);
  }

  /** The API that a program reaches at {@code localhost} of a host, if it is well. */
  synchronized Optional<ClusterApi> at(String host) {
    Server own = byHost.get(host);
    Optional<Server> server =
        own != null
            ? Optional.of(own)
            : proxies.getOrDefault(host, List.of()).stream()
                .map(byHost::get)
                .filter(one -> one != null)
                .findFirst();
    return server.filter(one -> one.isWell().getAsBoolean()).map(Server::api);
  }

  @Override
  public synchronized void close() {
    byData.values().forEach(ClusterApi::close);
    byData.clear();
  }
}
