package io.rke4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.ClusterFile;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.DnsProvider;
import io.rke4j.api.cluster.DnsSpec;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.api.cluster.NetworkPlugin;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.cluster.VersionMetadata;
import io.rke4j.core.catalogue.ImageAccess;
import io.rke4j.core.catalogue.ImageAccesses;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.cluster.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Metadata of RKE are tried if there are some beside the checkout, and a small file in any case.
 */
class MetadataPlansTest {

  private static final Path SMALL = Path.of("src/test/resources/metadata/small.json");
  private static final Path BESIDE = Path.of("..", "..", "shared", "data");

  @TempDir private Path folder;

  static List<Path> files() throws IOException {
    if (!Files.isDirectory(BESIDE)) {
      return List.of(SMALL);
    }
    try (Stream<Path> beside = Files.list(BESIDE)) {
      return Stream.concat(
              Stream.of(SMALL),
              beside.filter(file -> file.getFileName().toString().matches("kdm-.*\\.json")))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyVersionCanBePlannedOffline(Path file) {
    VersionCatalogue catalogue = VersionCatalogue.with(VersionMetadata.file(file));
    assertThat(catalogue.versions()).hasSizeGreaterThan(3);
    try (ClusterProvisioner rke = provisioner(file)) {
      for (KubernetesVersion version : catalogue.versions()) {
        Release release = catalogue.find(version).orElseThrow();
        for (NetworkPlugin plugin : plugins(release)) {
          ClusterSpec spec = cluster(release, plugin).build();

          assertThat(rke.planOffline(spec).render())
              .as("%s with %s", version, plugin)
              .contains(release.image(SystemImage.KUBERNETES).value());
        }
      }
    }
  }

  /** Versions of the small file's own, and those from 1.30 on, have no images of weave. */
  private static Set<NetworkPlugin> plugins(Release release) {
    return release.has(SystemImage.WEAVE_NODE)
        ? EnumSet.allOf(NetworkPlugin.class)
        : EnumSet.complementOf(EnumSet.of(NetworkPlugin.WEAVE));
  }

  @ParameterizedTest
  @MethodSource("files")
  void theCataloguesOwnVersionsSayWhatMetadataSay(Path file) {
    VersionCatalogue metadata = VersionCatalogue.with(VersionMetadata.file(file));

    for (KubernetesVersion version : VersionCatalogue.builtIn().versions()) {
      Release ours = VersionCatalogue.builtIn().find(version).orElseThrow();
      Release theirs = metadata.find(version).orElseThrow();
      assertThat(theirs.options()).as("%s", version).isEqualTo(ours.options());
      assertThat(theirs.images()).as("%s", version).isEqualTo(ours.images());
      assertThat(theirs.engines()).as("%s", version).isEqualTo(ours.engines());
    }
  }

  /** But for those that the small file has made up. */
  @ParameterizedTest
  @MethodSource("files")
  void ofEveryImageOfEveryVersionItIsKnownWhoCanPullIt(Path file) {
    VersionCatalogue catalogue = VersionCatalogue.with(VersionMetadata.file(file));

    assertThat(catalogue.versions())
        .flatMap(version -> catalogue.find(version).orElseThrow().images().values())
        .filteredOn(image -> !image.registry().equals("example.com"))
        .isNotEmpty()
        .allSatisfy(image -> assertThat(ImageAccesses.of(image)).isNotEqualTo(ImageAccess.UNKNOWN));
  }

  @Test
  void whatAVersionHasNoImageForIsToldBeforeAnythingIsTouched() {
    ClusterSpec spec =
        nodes(ClusterSpec.named("c1").kubernetes("v1.13.1-rancher1-1"))
            .addons(a -> a.dns(d -> d.provider(DnsProvider.COREDNS)))
            .build();

    try (ClusterProvisioner rke = provisioner(SMALL)) {
      assertThatThrownBy(() -> rke.planOffline(spec))
          .isInstanceOf(InvalidSpecException.class)
          .hasMessageContaining("system_images.coredns: is needed, and v1.13.1-rancher1-1 names")
          .hasMessageContaining("system_images.coredns_autoscaler")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("flexvol"));
    }
  }

  @Test
  void imagesThatNotEverybodyCanPullAreWarnedOf() {
    ClusterSpec.Builder spec =
        nodes(ClusterSpec.named("c1").kubernetes("v1.24.2-rancher1-1"))
            .network(n -> n.plugin("none"))
            .image(SystemImage.ETCD, "mirror.lab/etcd:v3.5.3")
            .image(SystemImage.KUBERNETES, "rke-extended-life/hyperkube:v1.32.8-rancher1");

    try (ClusterProvisioner rke = provisioner(SMALL)) {
      assertThat(rke.planOffline(spec.build()).warnings())
          .anyMatch(
              warning ->
                  warning.startsWith(
                      "only who has a subscription can pull"
                          + " rke-extended-life/hyperkube:v1.32.8-rancher1; log in"))
          .anyMatch(
              warning ->
                  warning.startsWith("it is not known who can pull example.com/")
                      && !warning.contains("mirror.lab"));
      assertThat(
              rke.planOffline(
                      nodes(ClusterSpec.named("c1").kubernetes("v1.30.14-rancher1-1")).build())
                  .warnings())
          .noneMatch(warning -> warning.contains("can pull"));
    }
  }

  @Test
  void aClusterFileMayNameAVersionOfTheMetadata() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("cluster.yml"),
            """
            kubernetes_version: v1.24.2-rancher1-1
            nodes:
            - {address: 192.0.2.1, user: rke, role: [controlplane, etcd, worker]}
            """);

    assertThat(ClusterFile.read(file, VersionMetadata.file(SMALL)).version())
        .hasToString("v1.24.2-rancher1-1");
    assertThatThrownBy(() -> ClusterFile.read(file))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("line 1, kubernetes_version: 'v1.24.2-rancher1-1' is not");
  }

  @Test
  void aClusterFileThatNamesNoDnsServerGetsThatOfItsVersion() throws IOException {
    String nodes =
        """
        nodes:
        - {address: 192.0.2.1, user: rke, role: [controlplane, etcd, worker]}
        """;
    String prioritised =
        "dns: {options: {kube_dns_priority_class_name: dns}}\nkubernetes_version: ";

    assertThat(dns(nodes + prioritised + "v1.13.1-rancher1-1"))
        .returns(DnsProvider.KUBE_DNS, DnsSpec::provider)
        .returns("dns", dns -> dns.pods().priorityClass());
    assertThat(dns(nodes + "dns: {provider: coredns}\nkubernetes_version: v1.13.1-rancher1-1"))
        .returns(DnsProvider.COREDNS, DnsSpec::provider);
    assertThat(dns(nodes + "kubernetes_version: v1.21.3-rancher1-1"))
        .returns(DnsProvider.COREDNS, DnsSpec::provider);
    assertThatThrownBy(() -> dns(nodes + prioritised + "v1.21.3-rancher1-1"))
        .hasMessageContaining("has no effect with provider coredns");
  }

  private DnsSpec dns(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("cluster.yml"), text);
    return ClusterFile.read(file, VersionMetadata.file(SMALL)).addons().dns();
  }

  private ClusterProvisioner provisioner(Path metadata) {
    return ClusterProvisioner.builder()
        .stateDirectory(folder.resolve("state"))
        .versions(VersionMetadata.file(metadata))
        .build();
  }

  /** With everything that the version has images for. */
  private static ClusterSpec.Builder cluster(Release release, NetworkPlugin plugin) {
    return nodes(ClusterSpec.named("c1").kubernetes(release.version().value()))
        .network(n -> n.plugin(plugin.label()))
        .addons(
            a -> {
              if (!release.has(SystemImage.METRICS_SERVER)) {
                a.withoutMetrics();
              }
            });
  }

  private static ClusterSpec.Builder nodes(ClusterSpec.Builder cluster) {
    return cluster
        .node("n1", n -> n.address("192.0.2.1").user("rke").roles(Role.CONTROL_PLANE, Role.ETCD))
        .node("n2", n -> n.address("192.0.2.2").user("rke").roles(Role.WORKER));
  }
}
