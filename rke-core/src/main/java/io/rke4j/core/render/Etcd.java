package io.rke4j.core.render;

import io.rke4j.api.cluster.EtcdHosting;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.ServiceOptions;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.Certificates;
import io.rke4j.core.pki.NodeFiles;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A member of etcd.
 *
 * @param joined the members of a running etcd that this one joins, itself included; empty if all
 *     members found etcd together
 */
public record Etcd(List<ClusterNode> joined) implements ContainerRenderer {

  static final int CLIENT_PORT = 2379;
  static final int PEER_PORT = 2380;

  static final String DATA_FOLDER = "/var/lib/etcd:/var/lib/rancher/etcd/:z";

  private static final String NAME = Component.ETCD.container();
  private static final String ANYWHERE = "0.0.0.0";

  /** Copies the members. */
  public Etcd {
    joined = List.copyOf(joined);
  }

  /** A member of an etcd that all the cluster's etcd nodes found together. */
  public static Etcd founding() {
    return new Etcd(List.of());
  }

  /** A new member of an etcd that runs already; the members are named with the new one. */
  public static Etcd joining(List<ClusterNode> members) {
    return new Etcd(members);
  }

  /** The address by which clients reach a node's member. */
  static String clientUrl(ClusterNode node) {
    return url(node.internalAddress(), CLIENT_PORT);
  }

  @Override
  public ContainerSpec render(Resolved cluster, ClusterNode node, EngineFacts engine) {
    ServiceOptions user = cluster.spec().services().etcd().options();
    return HostMounts.admit(
            HostProcess.serving(NAME, cluster.image(SystemImage.ETCD)), cluster, engine)
        .user(user(cluster))
        .command(List.of("/usr/local/bin/etcd"))
        .command(flags(cluster, node).override(user).render())
        .env(environment(node, engine))
        .env(user.env())
        .binds(HostMounts.of(cluster, engine, DATA_FOLDER, HostProcess.KUBERNETES_FOLDER))
        .binds(user.binds())
        .build();
  }

  /** RKE takes the uid for the group, too. */
  private static String user(Resolved cluster) {
    return cluster.spec().services().etcd().hosting() instanceof EtcdHosting.Managed managed
        ? managed.user()
        : "";
  }

  private Flags flags(Resolved cluster, ClusterNode node) {
    String certificate = NodeFiles.certificate(Certificates.etcd(node));
    String key = NodeFiles.key(Certificates.etcd(node));
    return new Flags()
        .set("name", memberName(node))
        .set("data-dir", "/var/lib/rancher/etcd/")
        .set("advertise-client-urls", advertised(cluster, node))
        .set("listen-client-urls", url(listenAddress(node), CLIENT_PORT))
        .set("initial-advertise-peer-urls", peerUrl(node))
        .set("listen-peer-urls", url(listenAddress(node), PEER_PORT))
        .set("initial-cluster-token", "etcd-cluster-1")
        .set("initial-cluster", initialCluster(cluster))
        .set("initial-cluster-state", joined.isEmpty() ? "new" : "existing")
        .set("trusted-ca-file", NodeFiles.certificate(Certificates.CA))
        .set("peer-trusted-ca-file", NodeFiles.certificate(Certificates.CA))
        .set("cert-file", certificate)
        .set("peer-cert-file", certificate)
        .set("key-file", key)
        .set("peer-key-file", key)
        .defaults(cluster.release().options(Component.ETCD));
  }

  private static List<String> environment(ClusterNode node, EngineFacts engine) {
    String reached = listensAnywhere(node) ? "127.0.0.1" : node.internalAddress();
    return List.of(
        "ETCDCTL_API=3",
        "ETCDCTL_CACERT=" + NodeFiles.certificate(Certificates.CA),
        "ETCDCTL_CERT=" + NodeFiles.certificate(Certificates.etcd(node)),
        "ETCDCTL_KEY=" + NodeFiles.key(Certificates.etcd(node)),
        "ETCDCTL_ENDPOINTS=" + url(reached, CLIENT_PORT),
        "ETCD_UNSUPPORTED_ARCH=" + architecture(engine));
  }

  /** etcd calls 64-bit ARM by Go's name. */
  private static String architecture(EngineFacts engine) {
    return engine.architecture().equals("aarch64") ? "arm64" : engine.architecture();
  }

  private static String advertised(Resolved cluster, ClusterNode node) {
    return cluster.release().traits().etcdClientPorts().stream()
        .map(port -> url(node.internalAddress(), port))
        .collect(Collectors.joining(","));
  }

  private String initialCluster(Resolved cluster) {
    List<ClusterNode> members = joined.isEmpty() ? cluster.nodesWith(Role.ETCD) : joined;
    return members.stream()
        .map(member -> memberName(member) + "=" + peerUrl(member))
        .collect(Collectors.joining(","));
  }

  private static String memberName(ClusterNode node) {
    return "etcd-" + node.name();
  }

  /** Where the other members reach one. */
  public static String peerUrl(ClusterNode node) {
    return url(node.internalAddress(), PEER_PORT);
  }

  /** With an internal network of its own, a host's public address stays closed. */
  private static boolean listensAnywhere(ClusterNode node) {
    return node.internalAddress().equals(node.address());
  }

  private static String listenAddress(ClusterNode node) {
    return listensAnywhere(node) ? ANYWHERE : node.internalAddress();
  }

  private static String url(String address, int port) {
    return "https://" + address + ":" + port;
  }
}
