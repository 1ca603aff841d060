package io.rke4j.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.rke4j.core.config.YamlNode.Fields;
import io.rke4j.core.document.YamlDocument;
import java.io.StringReader;
import java.math.BigDecimal;
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

class PlainTest {

  private static Map<String, Object> plain(String yaml) throws NotYamlException {
    Yaml parser = new Yaml(new SafeConstructor(new LoaderOptions()));
    YamlNode tree =
        new YamlTree((path, line, first) -> {}).document(parser.compose(new StringReader(yaml)));
    return Plain.map(((Fields) tree).fields());
  }

  static Stream<Arguments> values() {
    return Stream.of(
        arguments("text", "text"),
        arguments("\"12\"", "12"),
        arguments("'true'", "true"),
        arguments("true", true),
        arguments("no", false),
        arguments("0", 0L),
        arguments("-5", -5L),
        arguments("+5", 5L),
        arguments("1_000", 1000L),
        arguments("0644", 420L),
        arguments("-010", -8L),
        arguments("0x1F", 31L),
        arguments("0b11", 3L),
        arguments("999999999999999999", 999_999_999_999_999_999L),
        arguments("9999999999999999999", "9999999999999999999"),
        arguments("089", "089"),
        arguments("1:30:00", "1:30:00"),
        arguments("1.5", new BigDecimal("1.5")),
        arguments("-0.25", new BigDecimal("-0.25")),
        arguments("1.0e+3", new BigDecimal("1000")),
        arguments("1.0e-3", new BigDecimal("0.0010")),
        arguments("1.0e+999999999", "1.0e+999999999"),
        arguments(".inf", ".inf"),
        arguments(".nan", ".nan"),
        arguments("2001-01-01", "2001-01-01"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueIsWhatKubernetesTakesItFor(String yaml, Object value) throws NotYamlException {
    Object found = plain("key: " + yaml).get("key");
    if (value instanceof BigDecimal number) {
      assertThat(found)
          .isInstanceOfSatisfying(
              BigDecimal.class, there -> assertThat(there).isEqualByComparingTo(number));
      assertThat(String.valueOf(found)).doesNotContain("E");
    } else {
      assertThat(found).isEqualTo(value);
    }
  }

  @Test
  void whatHoldsNothingIsLeftOutAndWhatIsEmptyIsNot() throws NotYamlException {
    assertThat(plain("{a: null, b: ~, c: , d: {}, e: [], f: '', g: {h: null}}"))
        .isEqualTo(Map.of("d", Map.of(), "e", List.of(), "f", "", "g", Map.of()));
  }

  @Test
  void theOrderOfTheFileIsKeptAndNumbersAreWrittenAsNumbers() throws NotYamlException {
    Map<String, Object> found = plain("{z: 0400, a: [1.5, '1.5', x], m: {n: yes}}");
    assertThat(found.keySet()).containsExactly("z", "a", "m");
    assertThat(YamlDocument.write(found))
        .isEqualTo(
            """
            a:
            - 1.5
            - '1.5'
            - x
            m:
              n: true
            z: 256
            """);
  }
}
