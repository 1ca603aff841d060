package io.rke4j.core.manifest;

import static io.rke4j.api.cluster.Role.CONTROL_PLANE;
import static io.rke4j.api.cluster.Role.ETCD;
import static io.rke4j.api.cluster.Role.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.Addon;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.DnsSpec;
import io.rke4j.api.cluster.IngressSpec;
import io.rke4j.api.cluster.MetricsSpec;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.manifest.PlannedAddon.Kind;
import io.rke4j.core.render.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  static Stream<Arguments> cases() {
    return Stream.of(V1_17, V1_20)
        .flatMap(
            version ->
                Stream.of(
                    Arguments.of(version, "default", plain(version)),
                    Arguments.of(version, "options", withOptions(version))));
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
                a.dns(new DnsSpec(true, List.of("192.0.2.53", "192.0.2.54"), Map.of("zone", "dns")))
                    .metrics(
                        new MetricsSpec(
                            true,
                            Map.of("v", "4", "metric-resolution", "60s"),
                            Map.of("zone", "metrics"),
                            2))
                    .ingress(
                        new IngressSpec(
                            true,
                            Map.of("map-hash-bucket-size", "128", "log-format", "\"a\"\n${b}"),
                            Map.of("enable-ssl-passthrough", "", "http-port", "8080"),
                            Map.of("zone", "edge"))));
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
}
