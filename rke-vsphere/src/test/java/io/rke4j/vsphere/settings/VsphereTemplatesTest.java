package io.rke4j.vsphere.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rke4j.api.cluster.InvalidSpecException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VsphereTemplatesTest {

  private static Map<String, String> keys(Map<String, String> more) {
    Map<String, String> keys =
        new HashMap<>(
            Map.of(
                "clusterName", "demo",
                "vcenter", "vcenter.example",
                "username", "user",
                "password", "MARKER",
                "creationType", "library",
                "contentLibrary", "images",
                "cloneFrom", "ubuntu"));
    keys.putAll(more);
    return keys;
  }

  @Test
  void aNamedTemplateSaysOnlyWhatIsDifferent() {
    VsphereTemplates templates =
        VsphereTemplates.fromRancher(
            keys(
                Map.of(
                    "template.gpu.creationType", "template",
                    "template.gpu.contentLibrary", "",
                    "template.gpu.cloneFrom", "/dc1/vm/gpu",
                    "template.gpu.cpuCount", "16")));

    assertThat(templates.usual().source())
        .isEqualTo(new MachineSource.LibraryItem("images", "ubuntu"));
    VsphereSettings gpu = Objects.requireNonNull(templates.named().get("gpu"));
    assertThat(gpu.source()).isEqualTo(new MachineSource.Clone("/dc1/vm/gpu"));
    assertThat(gpu.hardware().cpus()).isEqualTo(16);
    assertThat(gpu.connection()).isEqualTo(templates.usual().connection());
  }

  @Test
  void everyProblemOfAllTemplatesIsNamedAtOnce() {
    InvalidSpecException refused =
        catchThrowableOfType(
            InvalidSpecException.class,
            () ->
                VsphereTemplates.fromRancher(
                    keys(
                        Map.of(
                            "template.gpu.colour", "green",
                            "template.gpu.cpuCount", "none",
                            "template.big.password", "OTHER"))));

    assertThat(refused.problems())
        .extracting(problem -> problem.path())
        .contains("template.gpu.colour", "template.gpu.cpuCount", "template.big.password");
    assertThat(refused).hasMessageNotContaining("MARKER").hasMessageNotContaining("OTHER");
  }

  @Test
  void whatIsWrongWithTheUsualOneIsToldOnce() {
    Map<String, String> keys = keys(Map.of("cpuCount", "none", "template.gpu.diskSize", "9"));
    InvalidSpecException refused =
        catchThrowableOfType(InvalidSpecException.class, () -> VsphereTemplates.fromRancher(keys));

    assertThat(refused.problems())
        .extracting(problem -> problem.path())
        .containsExactly("cpuCount");
  }

  @Test
  void aTemplateOfAnotherClusterIsRefused() {
    VsphereSettings usual = VsphereSettings.fromRancher(keys(Map.of()));
    VsphereSettings other = VsphereSettings.fromRancher(keys(Map.of("clusterName", "other")));

    assertThatThrownBy(() -> new VsphereTemplates(usual, Map.of("gpu", other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("template 'gpu' is of another cluster");
  }
}
