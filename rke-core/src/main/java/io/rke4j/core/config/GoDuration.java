package io.rke4j.core.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time spans as Go programs write them, for example {@code 1h30m}. */
final class GoDuration {

  private static final int LONGEST_TEXT = 100;
  private static final Pattern PART =
      Pattern.compile("\\G(\\d{1,9}(?:\\.\\d{0,9})?|\\.\\d{1,9})(ns|us|µs|μs|ms|s|m|h)");
  private static final Map<String, Long> NANOSECONDS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private GoDuration() {}

  static Duration parse(String text) {
    BigDecimal sum = BigDecimal.ZERO;
    int end = 0;
    Matcher part = PART.matcher(text.length() > LONGEST_TEXT ? "" : text);
    while (part.find()) {
      long unit = NANOSECONDS.getOrDefault(part.group(2), 0L);
      sum = sum.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
      end = part.end();
    }
    boolean complete = end > 0 && end == text.length();
    if (!complete || sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException("is not a time span such as 12h or 1h30m");
    }
    return Duration.ofNanos(sum.longValue());
  }
}
