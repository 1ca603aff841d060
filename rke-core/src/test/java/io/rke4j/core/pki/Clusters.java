package io.rke4j.core.pki;

import io.rke4j.api.cluster.CertificateRenewal;
import io.rke4j.api.cluster.CertificateSpec;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.ExistingHost;
import io.rke4j.api.cluster.NodeBuilder;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.CancellationToken;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Clusters to issue certificates for. */
public final class Clusters {

  /** Never cancelled. */
  public static final CancellationToken RUNNING =
      new CancellationToken() {
        @Override
        public boolean isCancelled() {
          return false;
        }

        @Override
        public void onCancel(Runnable action) {}
      };

  /** Keys take a while, so the tests share those of {@link #single()}. */
  private static final class Single {
    static final CertificateBundle ISSUED =
        new CertificateIssuer(Clock.systemUTC(), Runnable::run)
            .issue(single(), CertificateBundle.EMPTY, RUNNING);
  }

  private Clusters() {}

  /** The certificates of {@link #single()}. */
  public static CertificateBundle singleIssued() {
    return Single.ISSUED;
  }

  /** One host with all roles, named like its address. */
  public static Resolved single() {
    return of(spec -> spec.node("172.17.0.2", all("172.17.0.2")));
  }

  /** Two etcd hosts of which one is control plane, and a worker. */
  public static Resolved mixed(String... extraNames) {
    return of(
        spec -> {
          mixed(spec);
          List.of(extraNames).forEach(spec::apiServerName);
        });
  }

  /** The same, with the names that {@code CertificateIssuerTest} uses and old keys renewed. */
  public static Resolved mixed(Instant issuedBefore, CertificateRenewal.Owner... owners) {
    return of(
        spec -> {
          mixed(spec);
          spec.apiServerName("10.1.1.1").apiServerName("api.example.test");
          spec.renewCertificates(issuedBefore, owners);
        });
  }

  private static void mixed(ClusterSpec.Builder spec) {
    spec.node(
        "node-a",
        node ->
            node.address("127.0.0.11")
                .internalAddress("127.1.0.11")
                .user("root")
                .roles(Role.CONTROL_PLANE, Role.ETCD));
    spec.node("node-b", node -> node.address("node-b.invalid").user("root").roles(Role.ETCD));
    spec.node("node-c", node -> node.address("127.0.0.13").user("root").roles(Role.WORKER));
  }

  /** The same cluster with certificates that the user provides. */
  public static Resolved with(Map<String, Secret> files, Resolved cluster) {
    return new Resolved(
        cluster.spec().withCertificates(CertificateSpec.provided(files)),
        cluster.release(),
        cluster.nodes());
  }

  /** Any cluster. */
  public static Resolved of(Consumer<ClusterSpec.Builder> nodes) {
    ClusterSpec.Builder builder = ClusterSpec.named("c1").kubernetes("v1.20.15-rancher2-1");
    nodes.accept(builder);
    ClusterSpec spec = builder.build();
    List<ClusterNode> resolved =
        spec.nodes().stream()
            .map(
                node -> {
                  ExistingHost host = (ExistingHost) node.machine();
                  return new ClusterNode(node, host.address(), host.internalAddress());
                })
            .toList();
    return new Resolved(spec, VersionCatalogue.builtIn().release(spec), resolved);
  }

  /** A host with all roles. */
  public static Consumer<NodeBuilder> all(String address) {
    return node -> node.address(address).user("root").roles(Role.values());
  }
}
