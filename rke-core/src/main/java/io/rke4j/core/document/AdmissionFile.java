package io.rke4j.core.document;

import io.rke4j.api.cluster.AdmissionSpec;
import io.rke4j.api.cluster.EventRateLimit;
import io.rke4j.api.cluster.SpecProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How admission plugins are configured: an {@code AdmissionConfiguration}. */
public final class AdmissionFile {

  private static final String VERSION = "apiserver.k8s.io/v1alpha1";
  private static final String EVENT_RATE_LIMIT = "EventRateLimit";

  private AdmissionFile() {}

  /** What is wrong with a configuration of the user's own. */
  public static List<SpecProblem> problems(String path, AdmissionSpec admission) {
    if (admission.configuration().isEmpty()) {
      return List.of();
    }
    DocumentProblems problems = new DocumentProblems(path);
    Map<String, Object> fields =
        problems.object(
            admission.configuration(),
            "AdmissionConfiguration",
            VERSION,
            "apiserver.config.k8s.io/v1");
    List<Map<String, Object>> plugins = YamlDocument.maps(fields.get("plugins"));
    if (!fields.isEmpty() && plugins.isEmpty()) {
      problems.add("plugins", "names no plugin", "");
    }
    for (int index = 0; index < plugins.size(); index++) {
      if (YamlDocument.text(plugins.get(index), "name").isEmpty()) {
        problems.add("plugins[" + index + "].name", "is missing", "");
      }
    }
    if (!admission.eventRateLimits().limits().isEmpty() && configures(plugins)) {
      problems.add(
          "plugins",
          "configures EventRateLimit, and so does event_rate_limit.configuration",
          "say it once");
    }
    return problems.found();
  }

  /** The file's text: the user's plugins, and the limits on events unless they are among them. */
  public static String of(AdmissionSpec admission) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("apiVersion", VERSION);
    fields.put("kind", "AdmissionConfiguration");
    fields.putAll(YamlDocument.read(admission.configuration()).orElse(Map.of()));
    List<Map<String, Object>> plugins = new ArrayList<>();
    for (Map<String, Object> plugin : YamlDocument.maps(fields.get("plugins"))) {
      Map<String, Object> complete = new TreeMap<>(plugin);
      complete.putIfAbsent("path", "");
      plugins.add(complete);
    }
    if (admission.eventRateLimits().enabled() && !configures(plugins)) {
      plugins.add(
          Map.of(
              "name",
              EVENT_RATE_LIMIT,
              "path",
              "",
              "configuration",
              limits(admission.eventRateLimits().limits())));
    }
    fields.put("plugins", plugins);
    return YamlDocument.write(fields);
  }

  private static boolean configures(List<Map<String, Object>> plugins) {
    return plugins.stream().anyMatch(plugin -> EVENT_RATE_LIMIT.equals(plugin.get("name")));
  }

  private static Map<String, Object> limits(List<EventRateLimit> limits) {
    List<EventRateLimit> wanted = limits.isEmpty() ? List.of(EventRateLimit.DEFAULT) : limits;
    return Map.of(
        "apiVersion",
        "eventratelimit.admission.k8s.io/v1alpha1",
        "kind",
        "Configuration",
        "limits",
        wanted.stream().map(AdmissionFile::limit).toList());
  }

  private static Map<String, Object> limit(EventRateLimit limit) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("type", limit.scope().kubernetesName());
    fields.put("qps", limit.perSecond());
    fields.put("burst", limit.burst());
    if (limit.cacheSize() > 0) {
      fields.put("cacheSize", limit.cacheSize());
    }
    return fields;
  }
}
