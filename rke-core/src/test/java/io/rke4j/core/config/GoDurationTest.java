package io.rke4j.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

  @ParameterizedTest
  @CsvSource({"12h,PT12H", "1h30m,PT1H30M", "1.5h,PT1H30M", ".5s,PT0.5S", "300ms,PT0.3S"})
  void spansAreReadAsGoReadsThem(String text, Duration span) {
    assertThat(GoDuration.parse(text)).isEqualTo(span);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12", "12 h", "-1h", "3d", "h", "1h30", "999999999h", "1h\n"})
  void otherTextsAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> GoDuration.parse(text));
  }
}
