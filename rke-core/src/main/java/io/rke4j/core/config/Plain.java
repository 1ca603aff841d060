package io.rke4j.core.config;

import io.rke4j.core.config.YamlNode.Field;
import io.rke4j.core.config.YamlNode.Fields;
import io.rke4j.core.config.YamlNode.Items;
import io.rke4j.core.config.YamlNode.Scalar;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parts of the file that Kubernetes takes, not RKE, as maps, lists, texts, numbers and truth
 * values. They mean what they mean to Kubernetes, whose parser is Go's:
 *
 * <ul>
 *   <li>a field that holds nothing is as good as none, and is left out;
 *   <li>{@code 0644} is octal, {@code 0x1F} hexadecimal, {@code 0b11} binary, {@code 1_000} a
 *       thousand;
 *   <li>a number that Go does not know, such as {@code 1:30:00}, is a text, and so is one that no
 *       field of Kubernetes could hold.
 * </ul>
 */
final class Plain {

  private static final String DECIMAL =
      "[-+]?(\\d{1,15}(\\.\\d{0,15})?|\\.\\d{1,15})([eE][-+]?\\d{1,2})?";

  private Plain() {}

  /** The fields that hold something. */
  static Map<String, Object> map(Map<String, Field> fields) {
    Map<String, Object> found = new LinkedHashMap<>();
    fields.forEach(
        (name, field) -> {
          if (!field.value().isNothing()) {
            found.put(name, value(field.value()));
          }
        });
    return found;
  }

  private static Object value(YamlNode node) {
    if (node instanceof Fields fields) {
      return map(fields.fields());
    }
    if (node instanceof Items items) {
      return list(items.items());
    }
    return scalar((Scalar) node);
  }

  /** An item that holds nothing is a mistake, of which the user has heard already. */
  private static List<Object> list(List<YamlNode> items) {
    return items.stream().filter(item -> !item.isNothing()).map(Plain::value).toList();
  }

  private static Object scalar(Scalar scalar) {
    String text = scalar.text();
    return switch (scalar.type()) {
      case TRUTH -> Scalars.truth(scalar).<Object>map(truth -> truth).orElse(text);
      case WHOLE -> whole(text.replace("_", "")).<Object>map(number -> number).orElse(text);
      case DECIMAL -> decimal(text.replace("_", "")).<Object>map(number -> number).orElse(text);
      case TEXT, NOTHING -> text;
    };
  }

  private static Optional<Long> whole(String text) {
    String digits = text.replaceFirst("^[-+]", "");
    String sign = text.startsWith("-") ? "-" : "";
    if (digits.matches("0[0-7]{1,20}")) {
      return Optional.of(Long.valueOf(sign + digits.substring(1), 8));
    }
    if (digits.matches("0x[0-9a-fA-F]{1,15}")) {
      return Optional.of(Long.valueOf(sign + digits.substring(2), 16));
    }
    if (digits.matches("0b[01]{1,62}")) {
      return Optional.of(Long.valueOf(sign + digits.substring(2), 2));
    }
    return digits.matches("0|[1-9]\\d{0,17}")
        ? Optional.of(Long.valueOf(sign + digits))
        : Optional.empty();
  }

  /** Without an exponent, so that everybody reads it. */
  private static Optional<BigDecimal> decimal(String text) {
    return text.matches(DECIMAL)
        ? Optional.of(new BigDecimal(BigDecimal.valueOf(Double.parseDouble(text)).toPlainString()))
        : Optional.empty();
  }
}
