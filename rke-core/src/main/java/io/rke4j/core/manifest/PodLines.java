package io.rke4j.core.manifest;

import io.rke4j.api.cluster.PodsSpec;
import io.rke4j.api.cluster.Toleration;
import io.rke4j.api.cluster.UpdateStrategy;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where pods run and how they are replaced, as lines of YAML; empty where nothing is said. */
final class PodLines {

  private PodLines() {}

  /** Fills the gaps {@code nodeSelector}, {@code tolerations} and {@code update}. */
  static Template fill(Template template, PodsSpec pods) {
    return template
        .with("nodeSelector", YamlLines.map(pods.nodeSelector()))
        .with("tolerations", tolerations(pods))
        .with("update", update(pods.update()));
  }

  static String tolerations(PodsSpec pods) {
    return YamlLines.objects(pods.tolerations().stream().map(PodLines::fields).toList());
  }

  private static Map<String, Object> fields(Toleration toleration) {
    Map<String, Object> fields = new LinkedHashMap<>();
    put(fields, "key", toleration.key());
    fields.put("operator", toleration.operator().kubernetesName());
    put(fields, "value", toleration.value());
    toleration.effect().ifPresent(effect -> fields.put("effect", effect.kubernetesName()));
    if (!toleration.lasting().equals(Toleration.FOREVER)) {
      fields.put("tolerationSeconds", toleration.lasting().toSeconds());
    }
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, String value) {
    if (!value.isEmpty()) {
      fields.put(name, value);
    }
  }

  static String update(UpdateStrategy strategy) {
    if (strategy instanceof UpdateStrategy.Recreate) {
      return "type: Recreate";
    }
    if (strategy instanceof UpdateStrategy.OnDelete) {
      return "type: OnDelete";
    }
    return strategy instanceof UpdateStrategy.Rolling rolling ? rolling(rolling) : "";
  }

  private static String rolling(UpdateStrategy.Rolling rolling) {
    String amounts =
        amount("maxUnavailable", rolling.maxUnavailable()) + amount("maxSurge", rolling.maxSurge());
    return amounts.isEmpty() ? "" : "type: RollingUpdate\nrollingUpdate:\n" + amounts;
  }

  private static String amount(String name, String value) {
    return value.isEmpty() ? "" : "  " + name + ": " + value + "\n";
  }

  /** A line that names a priority class; none if it is empty. */
  static String priorityClass(String name) {
    return YamlLines.field("priorityClassName", name);
  }
}
