package io.rke4j.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rke4j.api.cluster.IngressPorts;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.cluster.VersionMetadata;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Release;
import io.rke4j.core.cluster.Traits;
import io.rke4j.core.cluster.Traits.CriDockerdUse.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MetadataFileTest {

  static final Path SMALL = Path.of("src/test/resources/metadata/small.json");

  private static final VersionCatalogue CATALOGUE =
      VersionCatalogue.with(VersionMetadata.file(SMALL));

  @TempDir private Path folder;

  static List<KubernetesVersion> builtIn() {
    return VersionCatalogue.builtIn().versions();
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void theCataloguesOwnVersionsAreWhatMetadataMakeOfThem(KubernetesVersion version) {
    Release ours = VersionCatalogue.builtIn().find(version).orElseThrow();

    assertThat(CATALOGUE.find(version)).contains(ours);
  }

  @Test
  void versionsOfBothAreKnownTheOldestFirst() {
    assertThat(CATALOGUE.versions())
        .isSorted()
        .contains(new KubernetesVersion("v1.24.2-rancher1-1"))
        .containsAll(VersionCatalogue.builtIn().versions());
    assertThat(CATALOGUE.defaultVersion()).hasToString("v1.24.2-rancher1-1");
    assertThat(CATALOGUE.notice()).isEmpty();
  }

  @Test
  void aVersionWithoutFlagsIsNoVersionAndSaysWhy() {
    assertThat(CATALOGUE.versions()).doesNotContain(new KubernetesVersion("v1.8.1-rancher1-1"));
    assertThat(CATALOGUE.unknown("v1.8.1-rancher1-1").problem())
        .contains("cannot be provisioned", "K8sVersionServiceOptions", "v1.8");
    assertThat(CATALOGUE.unknown("v1.24").hint())
        .contains("v1.24.2-rancher1-1, v1.30.14-rancher1-1");
  }

  @Test
  void flagsUnderTheFullNameCountBeforeThoseOfTheMinorVersion() {
    Release release = release("v1.24.2-rancher1-1");

    assertThat(release.options(Component.KUBE_SCHEDULER))
        .containsEntry("v", "3")
        .containsEntry("kubeconfig", "")
        .doesNotContainKey("leader-elect");
    assertThat(release.engines()).containsExactly("20.10", "23.0");
  }

  @ParameterizedTest
  @CsvSource({
    "v1.13.1-rancher1-1,  NEVER,     http:10252,  http:10251,  true,  false",
    "v1.20.15-rancher2-1, NEVER,     http:10252,  http:10251,  true,  false",
    "v1.21.3-rancher1-1,  IF_WANTED, http:10252,  http:10251,  true,  false",
    "v1.22.3-rancher1-1,  IF_WANTED, https:10257, http:10251,  false, false",
    "v1.23.3-rancher1-1,  IF_WANTED, https:10257, https:10259, false, true",
    "v1.24.2-rancher1-1,  ALWAYS,    https:10257, https:10259, false, true",
    "v1.30.14-rancher1-1, ALWAYS,    https:10257, https:10259, false, true",
  })
  void whatDiffersFromVersionToVersionIsKnownForAll(
      String version,
      When criDockerd,
      String controllerManager,
      String scheduler,
      boolean relabel,
      boolean admissionFile) {
    var traits = release(version).traits();

    assertThat(traits.criDockerd().use()).isEqualTo(criDockerd);
    assertThat(traits.health().controllerManager()).isEqualTo(controllerManager);
    assertThat(traits.health().scheduler()).isEqualTo(scheduler);
    assertThat(traits.mounts().relabel()).isEqualTo(relabel);
    assertThat(traits.apiServer().admissionFile()).isEqualTo(admissionFile);
  }

  @ParameterizedTest
  @CsvSource({
    "v1.13.1-rancher1-1,  HOST_NETWORK, true",
    "v1.20.15-rancher2-1, HOST_NETWORK, true",
    "v1.21.3-rancher1-1,  HOST_PORT,    false",
    "v1.30.14-rancher1-1, HOST_PORT,    false",
  })
  void portsLeadToTheIngressControllerFromTheFirstVersionOnForWhichRkeDoesSo(
      String version, IngressPorts.Mode mode, boolean backend) {
    assertThat(release(version).traits().addons().ingress())
        .isEqualTo(new Traits.Ingress(mode, backend));
  }

  @Test
  void kubeletsLoseTheFlagOfTheirRuntimeInTheVersionThatDropsIt() {
    assertThat(release("v1.24.2-rancher1-1").traits().criDockerd().flags())
        .containsEntry("container-runtime", "remote");
    assertThat(release("v1.30.14-rancher1-1").traits().criDockerd().flags())
        .containsOnlyKeys("container-runtime-endpoint");
  }

  @Test
  void flagsFollowTheImageAsInRke() throws IOException {
    Path changed =
        changed(
            Map.of(
                "example.com/hyperkube:v1.24.2-rancher1", "example.com/hyperkube:v1.20.1-own",
                "\"v1.24.2-rancher1-1\": {\n   \"etcd\": {",
                    "\"v1.24.9-rancher1-1\": {\n   \"etcd\": {"));

    assertThat(
            VersionCatalogue.with(VersionMetadata.file(changed))
                .find(new KubernetesVersion("v1.24.2-rancher1-1"))
                .orElseThrow()
                .options(Component.KUBELET))
        .containsEntry("network-plugin", "cni");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnceWithItsPlace() throws IOException {
    Path changed =
        changed(
            Map.of(
                "\"rancher/rke-tools:v0.1.80\"", "17",
                "\"rancher/hyperkube:v1.20.15-rancher2\"", "\"no image\"",
                "\"profiling\": \"false\"", "\"profiling\": false",
                "\"23.0.x\"", "\"newest\"",
                "\"default\": \"v1.24.2-rancher1-1\"", "\"default\": \"v1.2.3\"",
                "\"v1.22.3-rancher1-1\"", "\"latest\""));

    InvalidSpecException refused =
        catchThrowableOfType(
            InvalidSpecException.class, () -> VersionCatalogue.with(VersionMetadata.file(changed)));

    assertThat(refused.getMessage()).startsWith("metadata changed.json has ");
    assertThat(refused.problems())
        .extracting(SpecProblem::path)
        .contains(
            "$.K8sVersionRKESystemImages['v1.20.15-rancher2-1'].alpine",
            "$.K8sVersionRKESystemImages['v1.20.15-rancher2-1'].kubernetes",
            "$.K8sVersionRKESystemImages.latest",
            "$.K8sVersionServiceOptions['v1.20'].kubeapi.profiling",
            "$.K8sVersionDockerInfo['1.13'][1]",
            "$.RKEDefaultK8sVersions.default");
    assertThat(new ArrayList<>(refused.problems())).doesNotHaveDuplicates();
  }

  @Test
  void whatEveryNodeNeedsMustBeThere() throws IOException {
    Path changed = changed(Map.of("\"rancher/mirrored-pause:3.6\"", "\"\""));

    assertThatThrownBy(() -> VersionCatalogue.with(VersionMetadata.file(changed)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("$.K8sVersionRKESystemImages['v1.20.15-rancher2-1']")
        .hasMessageContaining("pod_infra_container");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                     | $: is not an object",
        "{                      | is not valid JSON",
        "{} {}                  | is not valid JSON",
        "{\"a\": 1, \"a\": 2}   | is not valid JSON",
        "{}                     | $.K8sVersionRKESystemImages: is missing",
        "{\"K8sVersionRKESystemImages\": 3} | $.K8sVersionRKESystemImages: is not an object",
        "{\"K8sVersionRKESystemImages\": {}} | names no version",
      })
  void otherFilesAreRefused(String json, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("other.json"), json);

    assertThatThrownBy(() -> VersionCatalogue.with(VersionMetadata.file(file)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aBottomlessFileIsRefused() throws IOException {
    Path deep = Files.writeString(folder.resolve("deep.json"), "[".repeat(100_000));

    assertThatThrownBy(() -> VersionCatalogue.with(VersionMetadata.file(deep)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("is not valid JSON");
    assertThatThrownBy(
            () -> VersionCatalogue.with(VersionMetadata.file(folder.resolve("none.json"))))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("metadata none.json")
        .hasMessageContaining("does not exist");
  }

  @Test
  void aFlawInEveryEntryIsNotToldAThousandTimes() {
    StringBuilder json = new StringBuilder("{\"K8sVersionServiceOptions\": {}, ");
    json.append("\"K8sVersionDockerInfo\": {}, \"K8sVersionRKESystemImages\": {\"a\": {}");
    for (int number = 0; number < 200; number++) {
      json.append(", \"no-version-").append(number).append("\": {}");
    }
    json.append("}}");

    assertThatThrownBy(() -> MetadataFile.read("data.json", json.toString()))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("has 51 problems")
        .hasMessageContaining("$: has 151 more problems");
  }

  @Test
  void imagesAreFoundByTheirNamesInMetadata() {
    Set<SystemImage> withoutWeave = EnumSet.allOf(SystemImage.class);
    withoutWeave.removeAll(Set.of(SystemImage.WEAVE_NODE, SystemImage.WEAVE_CNI));
    assertThat(release("v1.30.14-rancher1-1").images().keySet()).isEqualTo(withoutWeave);
    assertThat(release("v1.20.15-rancher2-1").images().keySet())
        .containsExactlyInAnyOrder(SystemImage.values());
  }

  private Path changed(Map<String, String> changes) throws IOException {
    String text = Files.readString(SMALL);
    for (Map.Entry<String, String> change : changes.entrySet()) {
      assertThat(text).contains(change.getKey());
      text = text.replace(change.getKey(), change.getValue());
    }
    return Files.writeString(folder.resolve("changed.json"), text);
  }

  private static Release release(String version) {
    return CATALOGUE.find(new KubernetesVersion(version)).orElseThrow();
  }
}
