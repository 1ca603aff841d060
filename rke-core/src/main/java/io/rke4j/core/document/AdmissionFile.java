package io.rke4j.core.document;

import io.rke4j.api.cluster.AdmissionSpec;
import io.rke4j.api.cluster.EventRateLimit;
import io.rke4j.api.cluster.PodSecurity;
import io.rke4j.api.cluster.SpecProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How admission plugins are configured: an {@code AdmissionConfiguration}. */
public final class AdmissionFile {

  private static final String VERSION = "apiserver.k8s.io/v1alpha1";
  private static final String NEWER_VERSION = "apiserver.config.k8s.io/v1";
  private static final String EVENT_RATE_LIMIT = "EventRateLimit";
  private static final String POD_SECURITY = "PodSecurity";

  private AdmissionFile() {}

  /** What is wrong with a configuration of the user's own. */
  public static List<SpecProblem> problems(String path, AdmissionSpec admission) {
    if (admission.configuration().isEmpty()) {
      return List.of();
    }
    DocumentProblems problems = new DocumentProblems(path);
    Map<String, Object> fields =
        problems.object(
            admission.configuration(), "AdmissionConfiguration", VERSION, NEWER_VERSION);
    List<Map<String, Object>> plugins = YamlDocument.maps(fields.get("plugins"));
    if (!fields.isEmpty() && plugins.isEmpty()) {
      problems.add("plugins", "names no plugin", "");
    }
    for (int index = 0; index < plugins.size(); index++) {
      if (YamlDocument.text(plugins.get(index), "name").isEmpty()) {
        problems.add("plugins[" + index + "].name", "is missing", "");
      }
    }
    if (!admission.eventRateLimits().limits().isEmpty() && configures(plugins, EVENT_RATE_LIMIT)) {
      problems.add(
          "plugins",
          "configures EventRateLimit, and so does event_rate_limit.configuration",
          "say it once");
    }
    if (admission.podSecurity() != PodSecurity.BY_VERSION && configures(plugins, POD_SECURITY)) {
      problems.add(
          "plugins",
          "configures PodSecurity, and so does pod_security_configuration",
          "say it once");
    }
    return problems.found();
  }

  /**
   * The file's text: the user's plugins, and those that RKE configures unless they are among them.
   *
   * @param admission what the user wants
   * @param always whether the version always has this file, which then configures limits on events
   *     even if nobody wants them
   * @param podSecurity version of the API in which the pod security standard is said; empty for
   *     none
   */
  public static String of(AdmissionSpec admission, boolean always, String podSecurity) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("apiVersion", always ? NEWER_VERSION : VERSION);
    fields.put("kind", "AdmissionConfiguration");
    fields.putAll(YamlDocument.read(admission.configuration()).orElse(Map.of()));
    List<Map<String, Object>> plugins = new ArrayList<>();
    for (Map<String, Object> plugin : YamlDocument.maps(fields.get("plugins"))) {
      Map<String, Object> complete = new TreeMap<>(plugin);
      complete.putIfAbsent("path", "");
      plugins.add(complete);
    }
    if ((always || admission.eventRateLimits().enabled())
        && !configures(plugins, EVENT_RATE_LIMIT)) {
      plugins.add(plugin(EVENT_RATE_LIMIT, limits(admission.eventRateLimits().limits())));
    }
    if (!podSecurity.isEmpty() && !configures(plugins, POD_SECURITY)) {
      plugins.add(plugin(POD_SECURITY, standard(admission.podSecurity(), podSecurity)));
    }
    fields.put("plugins", plugins);
    return YamlDocument.write(fields);
  }

  private static Map<String, Object> plugin(String name, Map<String, Object> configuration) {
    return Map.of("name", name, "path", "", "configuration", configuration);
  }

  private static boolean configures(List<Map<String, Object>> plugins, String name) {
    return plugins.stream().anyMatch(plugin -> name.equals(plugin.get("name")));
  }

  /** RKE's own addons need more than the restricted standard allows, so it exempts them. */
  private static Map<String, Object> standard(PodSecurity wanted, String apiVersion) {
    boolean restricted = wanted == PodSecurity.RESTRICTED;
    Map<String, Object> defaults = new TreeMap<>();
    for (String mode : restricted ? List.of("audit", "enforce", "warn") : List.of("enforce")) {
      defaults.put(mode, wanted.kubernetesName());
      defaults.put(mode + "-version", "latest");
    }
    Map<String, Object> fields = new TreeMap<>();
    fields.put("apiVersion", apiVersion);
    fields.put("kind", "PodSecurityConfiguration");
    fields.put("defaults", defaults);
    fields.put(
        "exemptions",
        restricted ? Map.of("namespaces", List.of("ingress-nginx", "kube-system")) : Map.of());
    return fields;
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
