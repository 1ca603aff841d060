package io.rke4j.core.pki;

import static io.rke4j.core.pki.CertificateRequest.authority;
import static io.rke4j.core.pki.CertificateRequest.client;
import static io.rke4j.core.pki.CertificateRequest.server;

import io.rke4j.api.cluster.CertificateRenewal;
import io.rke4j.api.cluster.CertificateRenewal.Owner;
import io.rke4j.api.cluster.Role;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of the certificates that a cluster needs, under the names that RKE gives them. */
public final class Certificates {

  /** The authority that signs nearly everything. */
  public static final String CA = "kube-ca";

  /** The authority of the aggregation layer. */
  public static final String REQUEST_HEADER_CA = "kube-apiserver-requestheader-ca";

  /** The API server. */
  public static final String API_SERVER = "kube-apiserver";

  /** The API server as a client of aggregated API servers. */
  public static final String PROXY_CLIENT = "kube-apiserver-proxy-client";

  /** The key that service account tokens are signed with. */
  public static final String SERVICE_ACCOUNT = "kube-service-account-token";

  /** The controller manager. */
  public static final String CONTROLLER_MANAGER = "kube-controller-manager";

  /** The scheduler. */
  public static final String SCHEDULER = "kube-scheduler";

  /** The service proxy of every node. */
  public static final String PROXY = "kube-proxy";

  /** The kubelet of every node, and whoever calls etcd. */
  public static final String NODE = "kube-node";

  /** The administrator; never on a node. */
  public static final String ADMIN = "kube-admin";

  private static final String ETCD_PREFIX = "kube-etcd-";
  static final String KUBELET_PREFIX = "kube-kubelet-";

  private Certificates() {}

  /** The name of an etcd member's certificate. */
  public static String etcd(ClusterNode member) {
    return ETCD_PREFIX + member.dashedAddress();
  }

  /** The name of a kubelet's serving certificate. */
  public static String kubelet(ClusterNode node) {
    return KUBELET_PREFIX + node.dashedAddress();
  }

  /** What a cluster needs; an authority stands before what it signs. */
  public static List<CertificateRequest> of(Resolved cluster) {
    SubjectNames apiNames = apiServerNames(cluster);
    List<CertificateRequest> table = new ArrayList<>();
    table.add(authority(CA));
    table.add(authority(REQUEST_HEADER_CA));
    table.add(server(API_SERVER, API_SERVER, apiNames));
    table.add(proxyClient());
    // RKE hands the API server's own pair to token signing, so that whoever takes the key of a
    // TLS server can mint tokens, and renewing the one voids the other. Here the key is a second
    // one; only the wrapping certificate, which nobody reads, looks the way RKE leaves it.
    table.add(server(SERVICE_ACCOUNT, API_SERVER, apiNames));
    table.add(client(CONTROLLER_MANAGER, "system:kube-controller-manager", ""));
    table.add(client(SCHEDULER, "system:kube-scheduler", ""));
    table.add(client(PROXY, "system:kube-proxy", ""));
    table.add(client(NODE, "system:node", "system:nodes"));
    table.add(client(ADMIN, ADMIN, "system:masters"));
    SubjectNames etcdNames = names(cluster, Role.ETCD, List.of());
    cluster
        .nodesWith(Role.ETCD)
        .forEach(member -> table.add(server(etcd(member), "kube-etcd", etcdNames)));
    if (cluster.spec().services().kubelet().servingCertificate()) {
      cluster
          .nodes()
          .forEach(node -> table.add(server(kubelet(node), kubelet(node), namesOf(node))));
    }
    return table;
  }

  /**
   * The names that a certificate cannot do without. RKE writes the names of the API server and of
   * all members into every etcd certificate; what is connected to is the member's own address, and
   * the loopback.
   */
  static SubjectNames indispensable(Resolved cluster, CertificateRequest request) {
    return cluster.nodesWith(Role.ETCD).stream()
        .filter(member -> etcd(member).equals(request.name()))
        .findFirst()
        .map(
            member ->
                sorted(
                    List.of(member.internalAddress(), "127.0.0.1"),
                    new ArrayList<>(),
                    new ArrayList<>()))
        .orElse(request.names());
  }

  /** Whether a certificate that is good is renewed if it is old. */
  static boolean renews(CertificateRenewal renewal, String name) {
    return renewal.isWanted()
        && owner(name).map(renewal::concerns).orElse(renewal.owners().isEmpty());
  }

  /** Whose a certificate is, as RKE groups them; nobody's is the administrator's, for example. */
  private static Optional<Owner> owner(String name) {
    if (isOfOneNode(name)) {
      return Optional.of(name.startsWith(ETCD_PREFIX) ? Owner.ETCD : Owner.KUBELET);
    }
    return switch (name) {
      case API_SERVER -> Optional.of(Owner.KUBE_APISERVER);
      case CONTROLLER_MANAGER -> Optional.of(Owner.KUBE_CONTROLLER_MANAGER);
      case SCHEDULER -> Optional.of(Owner.KUBE_SCHEDULER);
      case NODE -> Optional.of(Owner.KUBELET);
      case PROXY -> Optional.of(Owner.KUBE_PROXY);
      default -> Optional.empty();
    };
  }

  /** Whether Kubernetes takes the subject of a certificate for a user's name. */
  static boolean namesAUser(String name) {
    return !isOfOneNode(name);
  }

  /** Whether a name belongs to one node, so that it goes when the node goes. */
  static boolean isOfOneNode(String name) {
    return name.startsWith(KUBELET_PREFIX)
        || (name.startsWith(ETCD_PREFIX) && !name.startsWith(ETCD_PREFIX + "client"));
  }

  static boolean isAuthority(String name) {
    return name.equals(CA) || name.equals(REQUEST_HEADER_CA);
  }

  private static CertificateRequest proxyClient() {
    return new CertificateRequest(
        PROXY_CLIENT,
        PROXY_CLIENT,
        "",
        CertificateRequest.Usage.SERVER,
        SubjectNames.NONE,
        REQUEST_HEADER_CA);
  }

  private static SubjectNames apiServerNames(Resolved cluster) {
    return names(cluster, Role.CONTROL_PLANE, cluster.spec().access().extraSans());
  }

  private static SubjectNames names(Resolved cluster, Role role, List<String> extra) {
    List<String> given = new ArrayList<>();
    List<String> dns = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    cluster.nodesWith(role).forEach(node -> addTo(given, dns, node));
    given.addAll(extra);
    given.add("127.0.0.1");
    cluster.spec().network().serviceRanges().blocks().forEach(own -> given.add(own.address(1)));
    given.addAll(List.of("localhost", "kubernetes", "kubernetes.default"));
    given.add("kubernetes.default.svc");
    given.add("kubernetes.default.svc." + cluster.spec().network().clusterDomain());
    return sorted(given, dns, addresses);
  }

  private static SubjectNames namesOf(ClusterNode node) {
    List<String> given = new ArrayList<>();
    List<String> dns = new ArrayList<>();
    addTo(given, dns, node);
    return sorted(given, dns, new ArrayList<>());
  }

  private static void addTo(List<String> given, List<String> dns, ClusterNode node) {
    given.add(node.address());
    given.add(node.internalAddress());
    // A node's name is a DNS name even if it is spelt like an address.
    if (!node.name().value().equals(node.address())) {
      dns.add(node.name().value());
    }
  }

  private static SubjectNames sorted(List<String> given, List<String> dns, List<String> addresses) {
    given.forEach(name -> (SubjectNames.isAddress(name) ? addresses : dns).add(name));
    return new SubjectNames(dns, addresses);
  }
}
