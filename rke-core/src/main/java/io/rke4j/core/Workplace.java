package io.rke4j.core;

import io.rke4j.api.Cluster;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.Later;
import io.rke4j.core.kube.KubeConfig;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.management.ClusterAccount;
import io.rke4j.core.phase.pki.Encryption;
import io.rke4j.core.pki.AdministratorTls;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.pki.CertificateIssuer;
import io.rke4j.core.pki.Certificates;
import io.rke4j.core.pki.ProvidedCertificates;
import io.rke4j.core.state.ClusterMemory;
import io.rke4j.core.state.NodeRecord;
import io.rke4j.spi.addon.AddonDeployerProvider;
import io.rke4j.spi.addon.KubeEndpoint;
import io.rke4j.spi.node.Route;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What the steps of one plan or run work with: hosts, keys, the cluster's API. */
final class Workplace implements AutoCloseable {

  private final Resolved cluster;
  private final Machinery machines;
  private final ClusterMemory memory;
  private final CertificateIssuer issuer;
  private final KubeConnection kube;
  private final Notices notices;
  private final Optional<ClusterAccount> account;
  private final Later<CertificateBundle> certificates = new Later<>("the certificate bundle");
  private @Nullable SSLContext tls;

  Workplace(
      Resolved cluster,
      Machinery machines,
      ClusterMemory memory,
      CertificateIssuer issuer,
      Api api,
      Notices notices) {
    this.cluster = cluster;
    this.machines = machines;
    this.memory = memory;
    this.issuer = issuer;
    this.notices = notices;
    this.account = api.account();
    this.kube = connect(cluster, this::kubeconfig, api);
  }

  /** The API of a cluster; no request is made yet. */
  static KubeConnection connect(Resolved cluster, Supplier<Optional<Secret>> kubeconfig, Api api) {
    return new KubeConnection(
        kubeconfig,
        api.route(),
        renamed(cluster),
        admin -> api.deployers().open(endpoint(cluster, admin, api.route())));
  }

  /**
   * Finds the certificates that need not be issued any more, so that steps can hold them against
   * what is on the hosts.
   *
   * @throws io.rke4j.core.pki.UnusableCertificatesException if what is needed cannot be issued
   */
  void recallCertificates() {
    if (memory.hasKeys()) {
      issuer.foresee(cluster, memory.certificates()).ifPresent(certificates::bring);
    }
  }

  /**
   * Compares what is wanted with what is remembered of the cluster.
   *
   * @throws io.rke4j.api.cluster.InvalidSpecException if the one cannot follow from the other
   */
  void checkAgainstMemory() {
    Membership.check(cluster, memory);
    if (memory.isEstablished()) {
      ProvidedCertificates.checkAuthority(cluster, memory.certificates());
    }
    new Encryption(cluster, memory).check();
  }

  /**
   * Lets the keys of a new cluster be begun while its hosts are looked at.
   *
   * @throws io.rke4j.core.pki.UnusableCertificatesException if what is needed cannot be issued
   */
  void expectKeys() {
    if (memory.certificates().isEmpty()) {
      issuer.expect(cluster);
    }
  }

  /** Who hears of what is not a step of its own. */
  record Notices(
      Consumer<String> warnings, Consumer<NodeName> readyNodes, Consumer<NodeName> removedNodes) {
    static final Notices NONE = new Notices(text -> {}, node -> {}, node -> {});
  }

  /**
   * How the cluster's API is used, how it is reached if not directly, and what is kept of the
   * cluster in a management cluster, if there is one.
   */
  record Api(
      AddonDeployerProvider deployers, Optional<Route> route, Optional<ClusterAccount> account) {

    Api(AddonDeployerProvider deployers, Optional<Route> route) {
      this(deployers, route, Optional.empty());
    }
  }

  /** Nodes that are to be known by their addresses, since a cloud gives them their names. */
  private static Map<NodeName, String> renamed(Resolved cluster) {
    return cluster.spec().cloud().instanceNames()
        ? cluster.nodes().stream()
            .collect(Collectors.toMap(ClusterNode::name, ClusterNode::internalAddress))
        : Map.of();
  }

  private static KubeEndpoint endpoint(Resolved cluster, Secret kubeconfig, Optional<Route> route) {
    return new KubeEndpoint(
        kubeconfig,
        cluster.nodesWith(Role.CONTROL_PLANE).get(0).name(),
        cluster.image(SystemImage.KUBERNETES),
        route.orElse(null));
  }

  Resolved cluster() {
    return cluster;
  }

  Machinery machines() {
    return machines;
  }

  ClusterMemory memory() {
    return memory;
  }

  CertificateIssuer issuer() {
    return issuer;
  }

  Later<CertificateBundle> certificates() {
    return certificates;
  }

  KubeConnection kube() {
    return kube;
  }

  /** What is kept of the cluster in a management cluster, if there is one. */
  Optional<ClusterAccount> account() {
    return account;
  }

  void warn(String text) {
    notices.warnings().accept(text);
  }

  void nodeReady(NodeName node) {
    notices.readyNodes().accept(node);
  }

  void nodeRemoved(NodeName node) {
    notices.removedNodes().accept(node);
  }

  /** Should it come back before the cluster is recorded without it, it comes as a new one. */
  void nodeHasLeft(NodeName node) {
    memory.remember(node, NodeRecord.Standing.AWAITED);
    nodeRemoved(node);
  }

  /** The administrator's kubeconfig, once there are certificates. */
  Optional<Secret> kubeconfig() {
    return known().map(bundle -> kubeconfig(cluster, bundle));
  }

  /** Those of the last run open the cluster as long as there are no newer ones. */
  private Optional<CertificateBundle> known() {
    return certificates
        .peek()
        .or(() -> Optional.of(memory.certificates()))
        .filter(Workplace::hasAdministrator);
  }

  private static boolean hasAdministrator(CertificateBundle bundle) {
    return bundle.find(Certificates.ADMIN).isPresent();
  }

  /** That of the last run, if there was one. */
  static Optional<Secret> kubeconfig(Resolved cluster, ClusterMemory memory) {
    return Optional.of(memory.certificates())
        .filter(Workplace::hasAdministrator)
        .map(bundle -> kubeconfig(cluster, bundle));
  }

  static Secret kubeconfig(Resolved cluster, CertificateBundle bundle) {
    CertificateBundle.Entry admin = bundle.entry(Certificates.ADMIN);
    return KubeConfig.forAdministrator(
        cluster.spec().name(),
        server(cluster),
        bundle.entry(Certificates.CA).certificatePem(),
        admin.certificatePem(),
        admin.key());
  }

  /** What is known of a cluster that has been built. */
  static Optional<Cluster> describe(Resolved cluster, ClusterMemory memory) {
    return memory
        .record()
        .filter(record -> hasAdministrator(record.certificates()))
        .map(
            record ->
                new Cluster(
                    cluster.spec().name(),
                    URI.create(server(cluster)),
                    cluster.nodes().stream().map(ClusterNode::name).toList(),
                    kubeconfig(cluster, record.certificates())));
  }

  static String server(Resolved cluster) {
    ClusterNode first = cluster.nodesWith(Role.CONTROL_PLANE).get(0);
    return "https://" + first.address() + ":6443";
  }

  /** The administrator's side of TLS, once there are certificates. */
  synchronized Optional<SSLContext> tls() {
    if (tls == null) {
      tls = known().map(AdministratorTls::of).orElse(null);
    }
    return Optional.ofNullable(tls);
  }

  @Override
  public void close() {
    kube.close();
  }
}
