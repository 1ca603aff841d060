package io.rke4j.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: [",
        "a: b: c",
        "just a text",
        "a: !!binary x",
        "? {a: !!binary bWFya2Vy=x}\n: b",
        "a: !!timestamp not-a-time",
        "a: !!int much",
        "a: !!java.lang.Runtime []"
      })
  void whatIsNotADocumentIsNone(String text) {
    assertThat(YamlDocument.read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: b", "{a: b}", "a: !!str b"})
  void whatIsOneHasItsFields(String text) {
    assertThat(YamlDocument.read(text))
        .hasValueSatisfying(it -> assertThat(it).containsEntry("a", "b"));
  }
}
