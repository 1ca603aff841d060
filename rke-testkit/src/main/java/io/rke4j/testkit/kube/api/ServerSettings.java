package io.rke4j.testkit.kube.api;

import io.rke4j.testkit.kube.resource.Release;
import java.util.Map;
import java.util.Optional;

/**
 * How an API server is set.
 *
 * @param release what it says it is; empty for what the cluster is
 * @param rbac whether roles are asked; without them everybody who is known may do everything
 * @param tokens bearer tokens and whose they are; the tokens of service accounts are good anyway
 * @param faults which requests go wrong; several servers may share them
 * @param etcd what keeps the objects
 */
public record ServerSettings(
    Optional<Release> release,
    boolean rbac,
    Map<String, Caller> tokens,
    Faults faults,
    EtcdLink etcd) {

  /** Copies the tokens. */
  public ServerSettings {
    tokens = Map.copyOf(tokens);
  }

  /** With an etcd that always answers. */
  public ServerSettings(
      Optional<Release> release, boolean rbac, Map<String, Caller> tokens, Faults faults) {
    this(release, rbac, tokens, faults, EtcdLink.healthy());
  }

  /** With faults of its own, of which there are none yet. */
  public ServerSettings(Optional<Release> release, boolean rbac, Map<String, Caller> tokens) {
    this(release, rbac, tokens, new Faults());
  }

  /** As RKE sets it: with roles, without tokens. */
  public static ServerSettings usual() {
    return new ServerSettings(Optional.empty(), true, Map.of());
  }

  /** Says nothing of the tokens. */
  @Override
  public String toString() {
    return "ServerSettings[" + release + ", rbac=" + rbac + "]";
  }
}
