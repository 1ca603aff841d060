package io.rke4j.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TemplateTest {

  @Test
  void gapInALineTakesAValue() {
    assertThat(Template.text("a: ${x}-${y}").with("x", 1).with("y", "$2").fill())
        .isEqualTo("a: 1-$2\n");
  }

  @Test
  void gapOfItsOwnTakesLinesAndIndentsThem() {
    assertThat(Template.text("a:\n  ${x}\nb: 1\n").with("x", "- 1\n- 2\n").fill())
        .isEqualTo("a:\n  - 1\n  - 2\nb: 1\n");
  }

  @Test
  void gapOfItsOwnVanishesWithAnEmptyValue() {
    assertThat(Template.text("a: 1\n  ${x}\nb: 1\n").with("x", "").fill())
        .isEqualTo("a: 1\nb: 1\n");
  }

  @Test
  void gapWithoutValueIsAnError() {
    assertThatThrownBy(() -> Template.text("a: ${x}").fill())
        .hasMessageContaining("without value: x");
  }

  @Test
  void valueWithoutGapIsAnError() {
    assertThatThrownBy(() -> Template.text("a: 1").with("x", 1).fill())
        .hasMessageContaining("has no gap for [x]");
  }

  @Test
  void severalLinesInALineAreAnError() {
    assertThatThrownBy(() -> Template.text("a: ${x}").with("x", "1\n2").fill())
        .hasMessageContaining("several lines");
  }

  @Test
  void valuesAreNotReadAsTemplates() {
    assertThat(Template.text("${x}\n").with("x", "${y}").fill()).isEqualTo("${y}\n");
  }

  @Test
  void anEmptyValueLeavesWhatTheGapBringsAlong() {
    assertThat(Template.text("a: ${x:1}").with("x", "").fill()).isEqualTo("a: 1\n");
    assertThat(Template.text("a: ${x:1}").with("x", 2).fill()).isEqualTo("a: 2\n");
  }

  @Test
  void aGapBetweenLinesMayBringLinesAlong() {
    String template = "a:\n  ${x:\n  b: ${y}\n  c: 2\n  }\nd: 3\n";
    assertThat(Template.text(template).with("x", "").with("y", "1").fill())
        .isEqualTo("a:\n  b: 1\n  c: 2\nd: 3\n");
    assertThat(Template.text(template).with("x", "e: 1\nf: 2").with("y", "1").fill())
        .isEqualTo("a:\n  e: 1\n  f: 2\nd: 3\n");
  }
}
