package io.rke4j.vsphere.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @Test
  void readsWhatThereIsInAnAnswer() {
    assertThat(
            JsonReader.object(
                """
                { "value" : [ "a\\u0062\\n\\"" , {"yes": true, "no": false},
                  [], {}, -1.5e3 ] }
                """))
        .isEqualTo(
            Map.of(
                "value",
                List.of("ab\n\"", Map.of("yes", true, "no", false), List.of(), Map.of(), -1500.0)));
  }

  @Test
  void readsWhatIsWritten() {
    Map<String, Object> object = Map.of("name", "ä \\ \"q\"", "list", List.of("x", true));
    assertThat(JsonReader.object(Json.write(object))).isEqualTo(object);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":\"\\u12\"}",
        "{} x",
        "{\"a\":nul}",
        "<html>"
      })
  void whatIsNoJsonIsAnErrorWithItsPlace(String text) {
    assertThatThrownBy(() -> JsonReader.object(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("no JSON at character \\d+");
  }

  @Test
  void whatIsDeeperThanAnyAnswerIsRefused() {
    assertThatThrownBy(() -> JsonReader.object("{\"a\":" + "[".repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
