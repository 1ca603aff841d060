package io.rke4j.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySpecTest {

  private static final RuntimeSpec FOUR =
      new RuntimeSpec(
          Map.of(),
          false,
          List.of(
              registry("docker.io"),
              registry("reg.lab:5000"),
              registry("reg.lab:5000/team/a"),
              registry("reg.lab")));

  private static RegistrySpec registry(String url) {
    return new RegistrySpec(url, "user", Secret.of("password"), false);
  }

  @ParameterizedTest
  @CsvSource({
    "rancher/rke-tools:v1, docker.io",
    "busybox:1, docker.io",
    "docker.io/rancher/rke-tools:v1, docker.io",
    "reg.lab:5000/rancher/rke-tools:v1, reg.lab:5000",
    "reg.lab:5000/team/a/rancher/rke-tools:v1, reg.lab:5000/team/a",
    "reg.lab:5000/team/ab/rke-tools:v1, reg.lab:5000",
    "reg.lab/team/a/x:v1, reg.lab"
  })
  void anImageBelongsToTheRegistryThatItsNameBeginsWith(String image, String url) {
    assertThat(FOUR.registryOf(new ImageRef(image)).map(RegistrySpec::url)).contains(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.lab/rancher/x:v1", "localhost/x:v1", "reg.lab:5001/x:v1"})
  void otherImagesBelongToNone(String image) {
    assertThat(FOUR.registryOf(new ImageRef(image))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://reg.lab", "registry", "team/a", "reg.lab/", "reg lab", ""})
  void whatNoImageNameBeginsWithIsRefused(String url) {
    assertThatThrownBy(() -> registry(url)).isInstanceOf(IllegalArgumentException.class);
  }
}
