package io.rke4j.api.cluster;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ClusterSpec.Builder} has collected, and the checks that need more than one part.
 */
final class ClusterParts {

  private static final KubernetesVersion NO_VERSION = new KubernetesVersion("v0.0.0");

  private final Problems problems;
  private final String name;
  private final List<NodeSpec> nodes = new ArrayList<>();
  private final Map<SystemImage, ImageRef> images = new EnumMap<>(SystemImage.class);
  private final List<Bastion> bastions = new ArrayList<>();
  private final List<RegistrySpec> registries = new ArrayList<>();
  private final Set<String> registryUrls = new HashSet<>();
  private boolean hasDefaultRegistry;
  private int registryNumber;
  private @Nullable KubernetesVersion version;
  final ServicesBuilder services;
  final NetworkBuilder network;
  final AddonsBuilder addons;
  final CloudBuilder cloud;
  final RolloutBuilder rollout;
  final List<String> notes = new ArrayList<>();
  final DockerBuilder docker;
  final List<String> sans = new ArrayList<>();
  AuthorizationMode authorization = AuthorizationMode.RBAC;
  TokenWebhook tokenWebhook = new TokenWebhook.Off();
  CertificateSpec certificates = CertificateSpec.generated();
  CertificateRenewal renewal = CertificateRenewal.NONE;
  boolean anyEngineVersion;
  private CriDockerd criDockerd = CriDockerd.BY_VERSION;
  private HostPrefix prefix = HostPrefix.ROOT;

  ClusterParts(String name, Problems problems) {
    this.name = name;
    this.problems = problems;
    this.services = new ServicesBuilder(problems);
    this.network = new NetworkBuilder(problems);
    this.addons = new AddonsBuilder(problems);
    this.cloud = new CloudBuilder(problems);
    this.rollout = new RolloutBuilder(problems);
    this.docker = new DockerBuilder(problems);
    if (!name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
      problems.add(
          "cluster_name", "'" + name + "' is not an RFC 1123 label", "use letters, digits and '-'");
    }
  }

  void version(String text) {
    version = problems.value("kubernetes_version", NO_VERSION, () -> new KubernetesVersion(text));
  }

  void node(String nodeName, Consumer<NodeBuilder> node) {
    NodeBuilder builder = new NodeBuilder("nodes[" + nodes.size() + "]", nodeName, problems);
    node.accept(builder);
    nodes.add(builder.build());
  }

  /** What is wrong with the template is told once, and not for each node. */
  void pool(String poolName, Supplier<NodePool> made) {
    NodePool nothing = new NodePool(poolName, 0, node -> {});
    NodePool pool = problems.value("pools." + poolName + ".size", nothing, made);
    Problems told = problems;
    for (String nodeName : pool.nodeNames()) {
      NodeBuilder builder = new NodeBuilder("nodes[" + nodes.size() + "]", nodeName, told);
      builder.ofPool(poolName);
      pool.template().accept(builder);
      builder.requireMachine();
      nodes.add(builder.build());
      told = new Problems();
    }
  }

  void bastion(String address, Consumer<BastionBuilder> bastion) {
    String path = bastions.isEmpty() ? "bastion_host" : "bastion_host[" + bastions.size() + "]";
    BastionBuilder builder = new BastionBuilder(path, address, problems);
    bastion.accept(builder);
    bastions.add(builder.build());
  }

  void image(SystemImage image, String reference) {
    problems.value(
        "system_images." + image.key(),
        false,
        () -> {
          images.put(image, new ImageRef(reference));
          return true;
        });
  }

  void tokenWebhook(Secret kubeconfig, String cacheTimeout) {
    tokenWebhook =
        problems.value(
            "authentication.webhook.cache_timeout",
            TokenWebhook.On.DEFAULT,
            () -> new TokenWebhook.On(kubeconfig, cacheTimeout));
  }

  void registry(String url, Consumer<RegistryBuilder> registry) {
    String path = "private_registries[" + registryNumber++ + "]";
    RegistryBuilder builder = new RegistryBuilder(path, url, problems);
    registry.accept(builder);
    if (!registryUrls.add(url)) {
      problems.add(path + ".url", "'" + url + "' is given twice", "keep one of them");
    }
    if (builder.isDefault() && hasDefaultRegistry) {
      problems.add(path + ".is_default", "makes a second registry the default", "keep one of them");
    }
    hasDefaultRegistry |= builder.isDefault();
    builder.build().ifPresent(registries::add);
  }

  void criDockerd(boolean use) {
    criDockerd =
        new CriDockerd(
            use ? CriDockerd.Use.YES : CriDockerd.Use.NO,
            criDockerd.streamAddress(),
            criDockerd.streamPort());
  }

  void criDockerdStreams(String address, int port) {
    CriDockerd.Use use = criDockerd.use();
    String usual =
        problems.value(
            "cri_dockerd_stream_server_address",
            "",
            () -> new CriDockerd(use, address, 0).streamAddress());
    int usualPort =
        problems.value(
            "cri_dockerd_stream_server_port", 0, () -> new CriDockerd(use, "", port).streamPort());
    criDockerd = new CriDockerd(use, usual, usualPort);
  }

  void hostPrefix(String path) {
    prefix = problems.value("prefix_path", prefix, () -> new HostPrefix(path));
  }

  ClusterSpec build() {
    ServicesSpec builtServices = services.build();
    NetworkSpec builtNetwork = network.build(builtServices.controllerManager());
    AddonsSpec builtAddons = addons.build(usualDns());
    NodeChecks.check(nodes, services.wantsExternalEtcd(), problems);
    for (int index = 0; index < sans.size(); index++) {
      // A certificate may be for a whole domain.
      String name = sans.get(index).replaceFirst("^\\*\\.", "");
      Addresses.checkAnyFamily("authentication.sans[" + index + "]", name, problems);
    }
    KubernetesVersion chosen = version;
    if (chosen == null) {
      problems.add("kubernetes_version", "is missing", "name one, for example v1.20.15-rancher2-1");
      chosen = NO_VERSION;
    }
    checkNodeLocal(builtAddons.dns(), builtServices.kubelet().options(), builtNetwork);
    if (builtAddons.agents().has(StandardAgent.AUTH_ENDPOINT)
        && tokenWebhook instanceof TokenWebhook.Off) {
      tokenWebhook = TokenWebhook.On.DEFAULT;
    }
    checkWebhook(builtServices.kubeApi().options());
    checkRenewal();
    VersionChecks versionChecks = new VersionChecks(chosen, problems);
    if (!chosen.equals(NO_VERSION)) {
      versionChecks.admission(builtServices.kubeApi().admission(), authorization);
      versionChecks.criDockerd(criDockerd);
      versionChecks.network(builtNetwork);
    }
    CloudProvider builtCloud = cloud.build(chosen);
    if (!problems.found().isEmpty()) {
      throw new InvalidSpecException("cluster '" + name + "'", problems.found());
    }
    return new ClusterSpec(
        name,
        chosen,
        nodes,
        builtServices,
        builtNetwork,
        new AccessSpec(sans, authorization, tokenWebhook, bastions, certificates, renewal),
        builtAddons,
        new RuntimeSpec(images, anyEngineVersion, registries, criDockerd, prefix, docker.build()),
        builtCloud,
        rollout.build(),
        notes);
  }

  /** RKE's for the version; CoreDNS where none is known, so as to find no fault with others. */
  private DnsProvider usualDns() {
    KubernetesVersion known = version;
    return known == null || known.equals(NO_VERSION)
        ? DnsProvider.COREDNS
        : DnsProvider.usual(known);
  }

  private void checkNodeLocal(DnsSpec dns, ServiceOptions kubelet, NetworkSpec builtNetwork) {
    String path = "dns.nodelocal.ip_address";
    if (!(dns.nodeLocal() instanceof NodeLocalDns.On local)) {
      return;
    }
    if (kubelet.args().containsKey("cluster-dns")) {
      problems.add(
          path,
          "takes the effect from services.kubelet.extra_args.cluster-dns",
          "leave one of them out");
    }
    if (builtNetwork.podRanges().contains(local.address())
        || builtNetwork.serviceRanges().contains(local.address())) {
      problems.add(
          path,
          "'" + local.address() + "' is an address of pods or services",
          "take one that nobody has, for example 169.254.20.10");
    }
    if (builtNetwork.dnsServer().contains(":")) {
      problems.add(
          "dns.nodelocal",
          "answers for a DNS server with an address of IPv4, and "
              + builtNetwork.dnsServer()
              + " is none",
          "leave it out, or give the DNS server another address");
    }
  }

  private void checkWebhook(ServiceOptions kubeApi) {
    String argument = "authentication-token-webhook-config-file";
    if (tokenWebhook instanceof TokenWebhook.On && kubeApi.args().containsKey(argument)) {
      problems.add(
          "authentication.webhook",
          "has no effect, since services.kube-api.extra_args." + argument + " names another file",
          "leave one of them out");
    }
  }

  private void checkRenewal() {
    if (renewal.isWanted() && certificates instanceof CertificateSpec.Provided) {
      problems.add(
          "rotate_certificates",
          "cannot renew certificates that are provided",
          "have new ones signed and provide them, or leave it out");
    }
  }
}
