package io.rke4j.core.config;

import io.rke4j.core.config.YamlNode.Field;
import io.rke4j.core.config.YamlNode.Fields;
import io.rke4j.core.config.YamlNode.Items;
import io.rke4j.core.config.YamlNode.Scalar;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is passed on to Kubernetes: maps, lists, texts, numbers and truth values. */
final class Plain {

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

  private static List<Object> list(List<YamlNode> items) {
    return items.stream().filter(item -> !item.isNothing()).map(Plain::value).toList();
  }

  private static Object scalar(Scalar scalar) {
    return Scalars.truth(scalar)
        .<Object>map(truth -> truth)
        .or(() -> Scalars.whole(scalar))
        .or(() -> Scalars.decimal(scalar).map(BigDecimal::valueOf))
        .orElse(scalar.text());
  }
}
