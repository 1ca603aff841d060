package io.rke4j.core.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FlagsTest {

  @Test
  void laterValuesWin() {
    assertThat(
            new Flags()
                .set("v", "1")
                .defaults(Map.of("v", "2"))
                .override(Map.of("v", "3"))
                .render())
        .containsExactly("--v=3");
  }

  @Test
  void emptyDefaultsTakeFlagsAway() {
    assertThat(new Flags().set("v", "1").defaults(Map.of("v", "")).render()).isEmpty();
  }

  @Test
  void emptyValuesOfTheUserStay() {
    assertThat(new Flags().set("v", "1").override(Map.of("v", "")).render())
        .containsExactly("--v=");
  }

  @Test
  void flagsAreSorted() {
    assertThat(new Flags().set("b", "").set("a", "1").setIf(false, "c", "1").render())
        .containsExactly("--a=1", "--b=");
  }
}
