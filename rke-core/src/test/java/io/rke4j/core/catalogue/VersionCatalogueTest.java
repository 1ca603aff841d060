package io.rke4j.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Release;
import io.rke4j.core.resource.Resource;
import io.rke4j.testkit.junit.DockerCluster;
import io.rke4j.testkit.junit.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionCatalogueTest {

  private static final VersionCatalogue CATALOGUE = VersionCatalogue.builtIn();
  private static final KubernetesVersion ANY = new KubernetesVersion("v1.20.0");

  static List<KubernetesVersion> versions() {
    return CATALOGUE.versions();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void everyVersionIsComplete(KubernetesVersion version) {
    Release release = CATALOGUE.find(version).orElseThrow();

    Set<SystemImage> needed = EnumSet.allOf(SystemImage.class);
    needed.remove(SystemImage.INGRESS_WEBHOOK);
    needed.remove(SystemImage.CANAL_CONTROLLERS);
    if (version.minor() >= 30) {
      needed.removeAll(Set.of(SystemImage.WEAVE_NODE, SystemImage.WEAVE_CNI));
    }
    assertThat(release.version()).isEqualTo(version);
    assertThat(release.images().keySet()).containsAll(needed);
    assertThat(release.engines()).contains("20.10");
    assertThat(List.of(Component.values()))
        .allSatisfy(component -> assertThat(release.options(component)).isNotEmpty());
    assertThat(release.traits().etcdClientPorts()).startsWith(2379);
  }

  @Test
  void clustersOfTestsThatNameNoVersionHaveTheDefaultOne() throws NoSuchMethodException {
    assertThat(SimulatedCluster.class.getMethod("kubernetes").getDefaultValue())
        .isEqualTo(CATALOGUE.defaultVersion().value());
    assertThat(DockerCluster.class.getMethod("kubernetes").getDefaultValue())
        .isEqualTo(CATALOGUE.defaultVersion().value());
  }

  @Test
  void everyFileIsListed() throws IOException {
    Path folder = Path.of("src/main/resources/io/rke4j/core/catalogue");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".yaml"))
                  .sorted())
          .containsExactlyElementsOf(
              Stream.concat(
                      Stream.of(Differences.FILE, "image-access.yaml"),
                      CATALOGUE.versions().stream().map(version -> version + ".yaml"))
                  .toList());
    }
  }

  @Test
  void oldestVersionComesFirst() {
    assertThat(CATALOGUE.versions())
        .extracting(KubernetesVersion::value)
        .containsExactly("v1.17.6-rancher2-2", "v1.20.15-rancher2-1", "v1.30.14-rancher1-1");
  }

  @Test
  void aClusterThatNamesNoVersionGetsOneOfTheCatalogue() {
    assertThat(CATALOGUE.versions()).contains(CATALOGUE.defaultVersion());
  }

  @Test
  void flagsFollowTheImageThatTheUserChose() {
    ClusterSpec newer =
        cluster("v1.17.6-rancher2-2").image(SystemImage.ETCD, "mirror.lab/etcd:v3.4.15").build();
    ClusterSpec unnamed =
        cluster("v1.17.6-rancher2-2").image(SystemImage.ETCD, "mirror.lab/etcd:own").build();

    assertThat(CATALOGUE.find(newer.version()).orElseThrow().traits().etcdClientPorts())
        .containsExactly(2379, 4001);
    for (ClusterSpec spec : List.of(newer, unnamed)) {
      Release release = CATALOGUE.release(spec);
      assertThat(release.traits().etcdClientPorts()).containsExactly(2379);
      assertThat(release.options(Component.ETCD)).containsKey("cipher-suites");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- {kubernetes: v1.0.0, further: entry}",
        "- {kubernetes: old}",
        "- {before: v1.2.0}",
        "- {kubernetes: v1.0.0, options: {no-such-program: {v: '2'}}}",
      })
  void carelessDifferencesAreRefused(String text) {
    assertThatThrownBy(() -> Differences.parse("careless.yaml", text))
        .isInstanceOfAny(IllegalStateException.class, IllegalArgumentException.class);
  }

  @Test
  void theUsersImagesReplaceTheCatalogues() {
    ClusterSpec spec =
        cluster("v1.20.15-rancher2-1").image(SystemImage.ETCD, "mirror.lab/etcd:v3").build();

    Release release = CATALOGUE.release(spec);

    assertThat(release.image(SystemImage.ETCD)).isEqualTo(new ImageRef("mirror.lab/etcd:v3"));
    assertThat(release.image(SystemImage.KUBERNETES).value())
        .isEqualTo("rancher/hyperkube:v1.20.15-rancher2");
    assertThat(CATALOGUE.find(spec.version()).orElseThrow().image(SystemImage.ETCD).value())
        .isEqualTo("rancher/mirrored-coreos-etcd:v3.4.15-rancher1");
  }

  @Test
  void imagesComeFromTheDefaultRegistryUnlessTheUserNamesThem() {
    ClusterSpec spec =
        cluster("v1.20.15-rancher2-1")
            .image(SystemImage.ETCD, "rancher/own-etcd:v3")
            .registry("first.lab:5000/hub", r -> r.byDefault())
            .registry("second.lab", r -> {})
            .build();

    Release release = CATALOGUE.release(spec);

    assertThat(release.image(SystemImage.ETCD)).hasToString("rancher/own-etcd:v3");
    assertThat(release.image(SystemImage.KUBERNETES))
        .hasToString("first.lab:5000/hub/rancher/hyperkube:v1.20.15-rancher2");
    assertThat(release.images().values())
        .filteredOn(image -> image.value().startsWith("first.lab:5000/hub/"))
        .hasSize(SystemImage.values().length - 1);
  }

  @Test
  void unknownVersionIsAMistakeThatNamesTheKnownOnes() {
    ClusterSpec spec = cluster("v1.99.0-rancher1-1").build();

    assertThat(CATALOGUE.find(spec.version())).isEmpty();
    assertThatThrownBy(() -> CATALOGUE.release(spec))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("v1.99.0-rancher1-1")
        .hasMessageContaining("v1.17.6-rancher2-2, v1.20.15-rancher2-1, v1.30.14-rancher1-1");
  }

  @ParameterizedTest
  @CsvSource({
    "rancher/hyperkube:v1.20.15-rancher2, PUBLIC",
    "docker.io/rancher/hyperkube:v1.30.14-rancher1, PUBLIC",
    "rancher/hyperkube:v1.31.11-rancher1, PUBLIC",
    "rancher/hyperkube:v1.31.12-rancher1, SUBSCRIPTION",
    "rancher/hyperkube:v1.32.7-rancher1, PUBLIC",
    "rancher/hyperkube:v1.32.8-rancher1, SUBSCRIPTION",
    "rancher/hyperkube:v1.34.0-rancher1, SUBSCRIPTION",
    "rke-extended-life/hyperkube:v1.32.8-rancher1, SUBSCRIPTION",
    "rancher/mirrored-pause:3.7, PUBLIC",
    "coredns/coredns:1.3.1, PUBLIC",
    "coredns/own:1.3.1, UNKNOWN",
    "mirror.lab/rancher/hyperkube:v1.32.8-rancher1, UNKNOWN",
    "gcr.io/google_containers/pause-amd64:3.0, UNKNOWN",
    "somebody/hyperkube:v1.20.15, UNKNOWN",
  })
  void whoCanPullAnImageIsKnownOfRkesOwn(String image, ImageAccess access) {
    assertThat(ImageAccesses.of(new ImageRef(image))).isEqualTo(access);
  }

  @Test
  void everybodyCanPullWhatTheCatalogueNames() {
    assertThat(CATALOGUE.versions())
        .flatExtracting(version -> CATALOGUE.find(version).orElseThrow().images().values())
        .allMatch(image -> ImageAccesses.of(image) == ImageAccess.PUBLIC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "images: {}\noptions: {}\nengines: []",
        "- a list",
        "images: {no_such_image: a/b:1}",
        "images: {etcd: 3.4}",
        "images: {etcd: a/b:1}\nimages: {}",
        "images: {}\noptions: {no-such-program: {v: '2'}}",
        "unclosed: [",
        "images: !!java.net.URL [a]",
      })
  void carelessFilesAreRefused(String text) {
    assertThatThrownBy(() -> ReleaseFile.parse(ANY, "careless.yaml", text))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("careless.yaml");
  }

  @Test
  void entriesThatNobodyReadsAreRefused() {
    String text =
        Resource.text(VersionCatalogue.class, "v1.20.15-rancher2-1.yaml") + "\nfurther: entry\n";

    assertThatThrownBy(() -> ReleaseFile.parse(ANY, "careless.yaml", text))
        .hasMessageContaining("further");
  }

  private static ClusterSpec.Builder cluster(String version) {
    return ClusterSpec.named("c1")
        .kubernetes(version)
        .node(
            "n1",
            n ->
                n.address("192.0.2.1")
                    .user("rke")
                    .roles(Role.ETCD, Role.CONTROL_PLANE, Role.WORKER));
  }
}
