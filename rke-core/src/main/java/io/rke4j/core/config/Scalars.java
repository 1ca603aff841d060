package io.rke4j.core.config;

import io.rke4j.core.config.YamlNode.Scalar;
import io.rke4j.core.config.YamlNode.ScalarType;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads single values as RKE's parser does: what is quoted is a text, never a number. */
final class Scalars {

  private static final Set<String> TRUE = Set.of("true", "yes", "on");
  private static final Set<String> FALSE = Set.of("false", "no", "off");

  /** Without a leading 0, which would make it octal to RKE. */
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d{0,8})");

  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,9}(\\.\\d{1,9})?");

  private Scalars() {}

  static Optional<Boolean> truth(Scalar scalar) {
    return scalar.type() == ScalarType.TRUTH ? truth(scalar.text()) : Optional.empty();
  }

  static Optional<Integer> whole(Scalar scalar) {
    return scalar.type() == ScalarType.WHOLE && WHOLE.matcher(scalar.text()).matches()
        ? Optional.of(Integer.valueOf(scalar.text()))
        : Optional.empty();
  }

  static Optional<Double> decimal(Scalar scalar) {
    boolean number = scalar.type() == ScalarType.WHOLE || scalar.type() == ScalarType.DECIMAL;
    return number && DECIMAL.matcher(scalar.text()).matches()
        ? Optional.of(Double.valueOf(scalar.text()))
        : Optional.empty();
  }

  /** What to do about a value of the wrong type; empty if that is plain. */
  static String hint(Scalar scalar, Shape shape) {
    boolean quoted =
        scalar.type() == ScalarType.TEXT
            && (shape instanceof Shape.Truth
                ? truth(scalar.text()).isPresent()
                : WHOLE.matcher(scalar.text()).matches());
    if (quoted) {
      return "write it without quotes";
    }
    return scalar.type() == ScalarType.WHOLE && shape instanceof Shape.Whole
        ? "write at most nine decimal digits, without a leading 0"
        : "";
  }

  private static Optional<Boolean> truth(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return TRUE.contains(word)
        ? Optional.of(true)
        : FALSE.contains(word) ? Optional.of(false) : Optional.empty();
  }
}
