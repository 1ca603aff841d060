package io.rke4j.core.manifest;

import static io.rke4j.api.cluster.Role.CONTROL_PLANE;
import static io.rke4j.api.cluster.Role.ETCD;
import static io.rke4j.api.cluster.Role.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.Addon;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.DnsAutoscaler;
import io.rke4j.api.cluster.DnsBuilder;
import io.rke4j.api.cluster.DnsProvider;
import io.rke4j.api.cluster.IngressBackend;
import io.rke4j.api.cluster.IngressPorts;
import io.rke4j.api.cluster.NetworkBuilder;
import io.rke4j.api.cluster.PodsBuilder;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.cluster.Taint;
import io.rke4j.api.cluster.Toleration;
import io.rke4j.api.cluster.Toleration.Operator;
import io.rke4j.api.cluster.UpdateStrategy;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.manifest.PlannedAddon.Kind;
import io.rke4j.core.render.Golden;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class ManifestsTest {

  static final String V1_17 = "v1.17.6-rancher2-2";
  static final String V1_20 = "v1.20.15-rancher2-1";
  static final String V1_30 = "v1.30.14-rancher1-1";

  private static final Toleration STAYING =
      new Toleration(
          "gone",
          Operator.EQUAL,
          "soon",
          Optional.of(Taint.Effect.NO_EXECUTE),
          Duration.ofMinutes(5));

  private static final String OWN_AGENT =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: own}
      data: {server: "${server}", other: "${other}"}
      """;

  static Stream<Arguments> cases() {
    return Stream.concat(Stream.of(dualStack()), Stream.concat(weave(), everywhere()));
  }

  private static Arguments dualStack() {
    return Arguments.of(
        V1_30,
        "calico-dual",
        only(V1_30, n -> n.plugin("calico").podCidr("10.42.0.0/16", "fd01::/64")));
  }

  /** Up to Kubernetes 1.29. */
  private static Stream<Arguments> weave() {
    return Stream.of(V1_17, V1_20)
        .flatMap(
            version ->
                Stream.of(
                    Arguments.of(version, "weave", only(version, n -> n.plugin("weave"))),
                    Arguments.of(
                        version,
                        "weave-options",
                        only(
                            version,
                            n ->
                                n.plugin("weave")
                                    .mtu(1337)
                                    .password(Secret.of("marker-of-a-password"))
                                    .pods(
                                        p ->
                                            p.nodesWith("zone", "net")
                                                .update(new UpdateStrategy.OnDelete())
                                                .priorityClass("net"))))));
  }

  private static Stream<Arguments> everywhere() {
    return Stream.of(V1_17, V1_20, V1_30)
        .flatMap(
            version ->
                Stream.of(
                    Arguments.of(version, "default", plain(version)),
                    Arguments.of(version, "options", withOptions(version)),
                    Arguments.of(version, "placed", placed(version)),
                    Arguments.of(version, "nodelocal", withNodeLocal(version)),
                    Arguments.of(version, "kube-dns", withKubeDns(version, d -> {})),
                    Arguments.of(version, "kube-dns-options", withKubeDnsOptions(version)),
                    Arguments.of(version, "agents", withAgents(version)),
                    Arguments.of(version, "canal", only(version, n -> {})),
                    Arguments.of(version, "calico", only(version, n -> n.plugin("calico"))),
                    Arguments.of(version, "calico-options", withCalicoOptions(version)),
                    Arguments.of(version, "canal-options", withCanalOptions(version)),
                    Arguments.of(version, "hostport", withHostPorts(version))));
  }

  static ClusterSpec.Builder withAgents(String version) {
    return only(version, n -> n.plugin("none"))
        .registry("registry.lab", r -> r.byDefault())
        .agents(
            a ->
                a.server("https://rancher.lab")
                    .token(Secret.of("marker-of-a-token"))
                    .caChecksum("0".repeat(64))
                    .clusterAgent("example/agent:1")
                    .nodeAgent(null)
                    .authEndpoint(null)
                    .agent("own", OWN_AGENT));
  }

  /** Everything that says where pods run, and how they are replaced. */
  static ClusterSpec.Builder placed(String version) {
    return plain(version)
        .network(
            n ->
                n.pods(
                    p ->
                        p.nodesWith("zone", "net")
                            .update(new UpdateStrategy.OnDelete())
                            .priorityClass("net")))
        .addons(
            a ->
                a.dns(
                        d ->
                            d.stubDomain("corp.example", List.of("192.0.2.1", "192.0.2.2:54"))
                                .stubDomain("lab", List.of("tls://192.0.2.3"))
                                .reverseCidr("10.0.0.0/8")
                                .reverseCidr("172.16.0.0/12")
                                .reverseCidr("fd01::/64")
                                .autoscaler(new DnsAutoscaler(0, 2.5, 2, 5, false))
                                .autoscalerPriorityClass("scaler")
                                .pods(
                                    p ->
                                        p.tolerate(Toleration.of("dns"))
                                            .tolerate(STAYING)
                                            .update(new UpdateStrategy.Rolling("0", "10%"))
                                            .priorityClass("dns")))
                    .metrics(
                        m ->
                            m.pods(
                                p ->
                                    p.tolerate(Toleration.EVERYTHING)
                                        .update(new UpdateStrategy.Recreate())
                                        .priorityClass("metrics")))
                    .ingress(
                        i ->
                            i.backend(new IngressBackend(IngressBackend.Use.YES, "backend"))
                                .dnsPolicy("ClusterFirstWithHostNet")
                                .env(Map.of("name", "A", "value", "${b}: \"c\""))
                                .volume(Map.of("name", "tls", "emptyDir", Map.of()))
                                .volumeMount(Map.of("name", "tls", "mountPath", "/tls"))
                                .pods(
                                    p ->
                                        p.tolerate(Toleration.of("edge"))
                                            .update(UpdateStrategy.rolling("25%"))
                                            .priorityClass("edge"))));
  }

  static ClusterSpec.Builder withNodeLocal(String version) {
    return plain(version)
        .network(n -> n.plugin("none"))
        .addons(
            a ->
                a.dns(d -> d.nodeLocal("169.254.20.10", p -> p.nodesWith("zone", "cache")))
                    .withoutMetrics()
                    .withoutIngress());
  }

  static ClusterSpec.Builder withKubeDns(String version, Consumer<DnsBuilder> dns) {
    return plain(version)
        .network(n -> n.plugin("none"))
        .addons(
            a ->
                a.dns(d -> dns.accept(d.provider(DnsProvider.KUBE_DNS)))
                    .withoutMetrics()
                    .withoutIngress());
  }

  static ClusterSpec.Builder withKubeDnsOptions(String version) {
    return withKubeDns(
        version,
        d ->
            d.stubDomain("corp.example", List.of("192.0.2.1", "192.0.2.2:54"))
                .stubDomain("lab", List.of("192.0.2.3"))
                .upstreamServer("192.0.2.53")
                .upstreamServer("192.0.2.54:54")
                .reverseCidr("10.0.0.0/8")
                .reverseCidr("172.16.0.0/14")
                .reverseCidr("192.0.2.0/24")
                .reverseCidr("fd01::/62")
                .autoscaler(new DnsAutoscaler(0, 2.5, 2, 5, false))
                .autoscalerPriorityClass("scaler")
                .pods(
                    p ->
                        p.tolerate(Toleration.of("dns"))
                            .nodesWith("zone", "dns")
                            .update(new UpdateStrategy.Rolling("1", "0"))
                            .priorityClass("dns")));
  }

  /** A network plugin, and nothing else; RKE's, unless another is named. */
  static ClusterSpec.Builder only(String version, Consumer<NetworkBuilder> network) {
    return ClusterSpec.named("c1")
        .kubernetes(version)
        .network(network)
        .addons(a -> a.withoutDns().withoutMetrics().withoutIngress())
        .node("n1", n -> n.address("192.0.2.1").user("root").roles(CONTROL_PLANE, ETCD, WORKER));
  }

  static ClusterSpec.Builder withCanalOptions(String version) {
    return only(
        version,
        n ->
            n.plugin("canal")
                .mtu(1400)
                .option("canal_iface", "eth1")
                .option("canal_flannel_backend_type", "vxlan")
                .option("canal_flannel_backend_vni", "7")
                .option("canal_flannel_backend_port", "4789")
                .option("canal_flex_volume_plugin_dir", "/opt/flex/own~uds")
                .option("calico_kube_controllers_priority_class_name", "controllers")
                .pods(ManifestsTest::inTheirZone));
  }

  private static void inTheirZone(PodsBuilder pods) {
    pods.nodesWith("zone", "net")
        .tolerate(Toleration.of("net"))
        .update(UpdateStrategy.rolling("2"))
        .priorityClass("net");
  }

  static ClusterSpec.Builder withCalicoOptions(String version) {
    return only(
        version,
        n ->
            n.plugin("calico")
                .podCidr("10.52.0.0/16")
                .mtu(1400)
                .option("calico_flex_volume_plugin_dir", "/opt/flex/own~uds")
                .option("calico_kube_controllers_priority_class_name", "controllers")
                .pods(ManifestsTest::inTheirZone));
  }

  static ClusterSpec.Builder withHostPorts(String version) {
    return plain(version)
        .network(n -> n.plugin("none"))
        .addons(
            a ->
                a.withoutDns()
                    .withoutMetrics()
                    .ingress(
                        i ->
                            i.ports(new IngressPorts(IngressPorts.Mode.HOST_PORT, 8000, 8443))
                                .extraArg("http-port", "8080")
                                .backend(new IngressBackend(IngressBackend.Use.NO, ""))));
  }

  static ClusterSpec.Builder plain(String version) {
    return ClusterSpec.named("c1")
        .kubernetes(version)
        .network(n -> n.plugin("flannel"))
        .node("n1", n -> n.address("192.0.2.1").user("root").roles(CONTROL_PLANE, ETCD, WORKER));
  }

  static ClusterSpec.Builder withOptions(String version) {
    return plain(version)
        .network(
            n ->
                n.podCidr("10.52.0.0/16")
                    .serviceCidr("10.53.0.0/16")
                    .clusterDomain("lab.internal")
                    .option("flannel_iface", "eth1")
                    .option("flannel_backend_type", "host-gw")
                    .option("flannel_backend_port", "4789")
                    .option("flannel_backend_vni", "7"))
        .addons(
            a ->
                a.dns(
                        d ->
                            d.upstreamServer("192.0.2.53")
                                .upstreamServer("192.0.2.54")
                                .pods(p -> p.nodesWith("zone", "dns")))
                    .metrics(
                        m ->
                            m.option("v", "4")
                                .option("metric-resolution", "60s")
                                .pods(p -> p.nodesWith("zone", "metrics"))
                                .replicas(2))
                    .ingress(
                        i ->
                            i.option("map-hash-bucket-size", "128")
                                .option("log-format", "\"a\"\n${b}")
                                .extraArg("enable-ssl-passthrough", "")
                                .extraArg("http-port", "8080")
                                .pods(p -> p.nodesWith("zone", "edge"))));
  }

  static Resolved resolve(ClusterSpec.Builder builder) {
    ClusterSpec spec = builder.build();
    return new Resolved(spec, VersionCatalogue.builtIn().release(spec), List.of());
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void manifestsAreAsReviewed(String version, String name, ClusterSpec.Builder cluster) {
    for (PlannedAddon addon : Manifests.of(resolve(cluster))) {
      String line = version.substring(0, version.indexOf('.', 3));
      Golden.check(
          "manifest", line + "-" + name + "-" + addon.manifest().name(), addon.manifest().yaml());
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void everyDocumentIsAnObjectOfKubernetes(
      String version, String name, ClusterSpec.Builder cluster) {
    for (PlannedAddon addon : Manifests.of(resolve(cluster))) {
      assertThat(documents(addon.manifest().yaml()))
          .isNotEmpty()
          .allSatisfy(
              document ->
                  assertThat(document)
                      .asInstanceOf(
                          org.assertj.core.api.InstanceOfAssertFactories.map(
                              Object.class, Object.class))
                      .containsKeys("apiVersion", "kind", "metadata"));
    }
  }

  @Test
  void networkComesFirstAndUsersAddonsLast() {
    List<PlannedAddon> addons =
        Manifests.of(
            resolve(
                plain(V1_20)
                    .addon(Addon.inline("mine", "kind: ConfigMap"))
                    .addon(Addon.inline("maybe", "kind: ConfigMap").optional())));
    assertThat(addons)
        .extracting(addon -> addon.manifest().name())
        .containsExactly(
            "rke-network-plugin",
            "rke-coredns-addon",
            "rke-metrics-addon",
            "rke-ingress-controller",
            "mine",
            "maybe");
    assertThat(addons.get(0).kind()).isEqualTo(Kind.NETWORK);
    assertThat(addons.subList(1, 4)).allMatch(addon -> addon.kind() == Kind.ADDON);
    assertThat(addons.subList(4, 6)).allMatch(addon -> addon.kind() == Kind.USER);
    assertThat(addons).extracting(PlannedAddon::critical).containsOnlyOnce(false).endsWith(false);
  }

  @Test
  void whatIsSwitchedOffIsNotThere() {
    assertThat(
            Manifests.of(
                resolve(
                    plain(V1_20)
                        .network(n -> n.plugin("none"))
                        .addons(a -> a.withoutDns().withoutMetrics().withoutIngress()))))
        .isEmpty();
  }

  @Test
  void theIngressClassIsTheDefaultOneUnlessTheUserSaysOtherwise() {
    assertThat(ingress(plain(V1_20)))
        .contains("ingressclass.kubernetes.io/is-default-class: \"true\"")
        .contains("--election-id=ingress-controller-leader-nginx\n");
    assertThat(ingress(plain(V1_20).addons(a -> a.ingress(i -> i.defaultClass(false)))))
        .contains("ingressclass.kubernetes.io/is-default-class: \"false\"")
        .contains("--election-id=ingress-controller-leader\n");
  }

  @Test
  void aControllerThatKnowsNoDefaultClassRefusesToDoWithoutOne() {
    Resolved former = resolve(plain(V1_17).addons(a -> a.ingress(i -> i.defaultClass(false))));
    Resolved current = resolve(plain(V1_20).addons(a -> a.ingress(i -> i.defaultClass(false))));

    assertThat(Manifests.problems(former.spec(), former.release()))
        .extracting(SpecProblem::path)
        .containsExactly("ingress.default_ingress_class");
    assertThat(Manifests.problems(current.spec(), current.release())).isEmpty();
  }

  @Test
  void newerVersionsLeadPortsToTheIngressControllerAndHaveNoBackendUnlessTheUserSaysOtherwise() {
    assertThat(ingress(plain(V1_20)))
        .contains("hostNetwork: true", "name: default-http-backend")
        .doesNotContain("hostPort:");
    assertThat(ingress(plain(V1_30)))
        .contains("hostPort: 80\n", "hostPort: 443\n")
        .doesNotContain("hostNetwork:", "default-http-backend");
    IngressPorts onHost = new IngressPorts(IngressPorts.Mode.HOST_NETWORK, 80, 443);
    IngressBackend wanted = new IngressBackend(IngressBackend.Use.YES, "");
    assertThat(ingress(plain(V1_30).addons(a -> a.ingress(i -> i.ports(onHost).backend(wanted)))))
        .contains("hostNetwork: true", "name: default-http-backend")
        .doesNotContain("hostPort:");
  }

  @Test
  void portsAloneAreEnoughWhereTheVersionLeadsThemToTheIngressController() {
    IngressPorts own = new IngressPorts(IngressPorts.Mode.BY_VERSION, 8080, 443);
    Resolved former = resolve(plain(V1_20).addons(a -> a.ingress(i -> i.ports(own))));
    Resolved without = resolve(plain(V1_20).addons(a -> a.withoutIngress()));
    ClusterSpec.Builder current = plain(V1_30).addons(a -> a.ingress(i -> i.ports(own)));

    assertThat(Manifests.problems(former.spec(), former.release()))
        .extracting(SpecProblem::toString)
        .containsExactly(
            "ingress: has ports other than 80 and 443, which mean nothing unless network_mode is"
                + " hostPort");
    assertThat(Manifests.problems(without.spec(), without.release())).isEmpty();
    assertThat(Manifests.problems(current.build(), resolve(current).release())).isEmpty();
    assertThat(ingress(current)).contains("hostPort: 8080\n", "hostPort: 443\n");
  }

  @Test
  void theImageOfABackendIsNeededOnlyWhereThereIsOne() {
    Resolved former = resolve(plain(V1_20));
    Resolved current = resolve(plain(V1_30));

    assertThat(UsedImages.of(former.spec(), former.release().traits()))
        .contains(SystemImage.INGRESS, SystemImage.INGRESS_BACKEND);
    assertThat(UsedImages.of(current.spec(), current.release().traits()))
        .contains(SystemImage.INGRESS)
        .doesNotContain(SystemImage.INGRESS_BACKEND);
  }

  private static String ingress(ClusterSpec.Builder cluster) {
    return Manifests.of(resolve(cluster)).stream()
        .map(PlannedAddon::manifest)
        .filter(manifest -> manifest.name().equals("rke-ingress-controller"))
        .findFirst()
        .orElseThrow()
        .yaml();
  }

  @Test
  void usersManifestsAreLeftAsTheyAre() {
    String manifest = "kind: ConfigMap # ${not} a gap\n";
    assertThat(
            Manifests.of(resolve(plain(V1_20).addon(Addon.inline("mine", manifest))))
                .get(4)
                .manifest()
                .yaml())
        .isEqualTo(manifest);
  }

  static List<Object> documents(String yaml) {
    List<Object> documents = new ArrayList<>();
    new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml).forEach(documents::add);
    return documents;
  }

  @Test
  void aModuleIsLoadedOnlyByToolsThatCan() {
    ClusterSpec old = only(V1_20, n -> n.plugin("flannel").loadBridgeFilter(true)).build();
    ClusterSpec recent = only(V1_30, n -> n.plugin("flannel").loadBridgeFilter(true)).build();

    assertThat(Manifests.problems(old, VersionCatalogue.builtIn().release(old)))
        .extracting(SpecProblem::path)
        .containsExactly("network.enable_br_netfilter");
    assertThat(Manifests.problems(recent, VersionCatalogue.builtIn().release(recent))).isEmpty();
  }
}
