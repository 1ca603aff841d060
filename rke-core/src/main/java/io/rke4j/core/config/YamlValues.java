package io.rke4j.core.config;

import io.rke4j.core.config.YamlNode.Fields;
import io.rke4j.core.config.YamlNode.Items;
import io.rke4j.core.config.YamlNode.Scalar;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parts of the file that are files of Kubernetes themselves, as plain maps, lists and values. */
final class YamlValues {

  private YamlValues() {}

  static Map<String, @Nullable Object> of(Fields fields) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    fields.fields().forEach((name, field) -> values.put(name, of(field.value())));
    return values;
  }

  private static @Nullable Object of(YamlNode node) {
    if (node instanceof Fields fields) {
      return of(fields);
    }
    if (node instanceof Items items) {
      List<@Nullable Object> values = new ArrayList<>();
      items.items().forEach(item -> values.add(of(item)));
      return values;
    }
    Scalar scalar = (Scalar) node;
    return switch (scalar.type()) {
      case NOTHING -> null;
      case TRUTH -> Scalars.truth(scalar).orElse(false);
      case WHOLE -> whole(scalar.text());
      case DECIMAL, TEXT -> scalar.text();
    };
  }

  private static Object whole(String text) {
    // What is no plain decimal number is left to whoever reads the file.
    return text.matches("-?(0|[1-9]\\d*)") ? new BigInteger(text) : text;
  }
}
