package io.rke4j.core.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.ServiceOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlagsTest {

  @Test
  void laterValuesWin() {
    assertThat(
            new Flags()
                .set("v", "1")
                .defaults(Map.of("v", "2"))
                .override(user(Map.of("v", "3"), Map.of()))
                .render())
        .containsExactly("--v=3");
  }

  @Test
  void emptyDefaultsTakeFlagsAway() {
    assertThat(new Flags().set("v", "1").defaults(Map.of("v", "")).render()).isEmpty();
  }

  @Test
  void emptyValuesOfTheUserStay() {
    assertThat(new Flags().set("v", "1").override(user(Map.of("v", ""), Map.of())).render())
        .containsExactly("--v=");
  }

  @Test
  void flagsAreSorted() {
    assertThat(new Flags().set("b", "").set("a", "1").setIf(false, "c", "1").render())
        .containsExactly("--a=1", "--b=");
  }

  @Test
  void flagsThatAreGivenSeveralTimesComeLastAndInTheirOrder() {
    assertThat(
            new Flags()
                .set("vmodule", "a=1")
                .set("z", "1")
                .override(user(Map.of(), Map.of("tls-sni-cert-key", List.of("b,c", "a,d"))))
                .render())
        .containsExactly(
            "--vmodule=a=1", "--z=1", "--tls-sni-cert-key=b,c", "--tls-sni-cert-key=a,d");
  }

  private static ServiceOptions user(Map<String, String> args, Map<String, List<String>> repeated) {
    return new ServiceOptions(args, List.of(), List.of(), repeated);
  }
}
