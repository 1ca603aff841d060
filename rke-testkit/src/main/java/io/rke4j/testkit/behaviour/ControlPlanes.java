package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.host.OpenPort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which API is reached at which host, and what keeps each. Thread-safe. */
final class ControlPlanes implements AutoCloseable {

  private final Map<String, ClusterApi> byData = new HashMap<>();
  private final Map<String, ClusterApi> byHost = new HashMap<>();
  private final Map<String, List<String>> proxies = new HashMap<>();
  private final ClusterApi.Maker maker;

  ControlPlanes(ClusterApi.Maker maker) {
    this.maker = maker;
  }

  /** The API over the data of an etcd. */
  synchronized ClusterApi of(String data, String version) {
    return byData.computeIfAbsent(data, key -> maker.make(version));
  }

  /** An API server answers at a host. */
  synchronized OpenPort serves(String host, ClusterApi api) {
    byHost.put(host, api);
    return () -> ends(host, api);
  }

  private synchronized void ends(String host, ClusterApi api) {
    byHost.remove(host, api);
  }

  /** A host has a proxy that leads to API servers of others. */
  synchronized OpenPort leads(String host, List<String> upstream) {
    proxies.put(host, upstream);
    return () -> endsToLead(host);
  }

  private synchronized void endsToLead(String host) {
    proxies.remove(host);
  }

  /** The API that a program reaches at {@code localhost} of a host. */
  synchronized Optional<ClusterApi> at(String host) {
    ClusterApi own = byHost.get(host);
    return own != null
        ? Optional.of(own)
        : proxies.getOrDefault(host, List.of()).stream()
            .map(byHost::get)
            .filter(api -> api != null)
            .findFirst();
  }

  @Override
  public synchronized void close() {
    byData.values().forEach(ClusterApi::close);
    byData.clear();
  }
}
