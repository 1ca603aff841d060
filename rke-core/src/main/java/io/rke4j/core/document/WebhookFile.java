package io.rke4j.core.document;

import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SpecProblem;
import java.util.List;
import java.util.Map;

/** Whom the API server asks about tokens: a kubeconfig. It may hold credentials. */
public final class WebhookFile {

  private static final String NAME = "Default";

  private WebhookFile() {}

  /** What is wrong with a file of the user's own. */
  public static List<SpecProblem> problems(String path, Secret kubeconfig) {
    DocumentProblems problems = new DocumentProblems(path);
    Map<String, Object> fields = YamlDocument.read(kubeconfig.reveal()).orElse(Map.of());
    if (fields.isEmpty()) {
      problems.add("", "is not a kubeconfig", "");
      return problems.found();
    }
    for (String list : List.of("clusters", "users", "contexts")) {
      if (YamlDocument.maps(fields.get(list)).isEmpty()) {
        problems.add("", "is a kubeconfig without " + list, "");
      }
    }
    String context = YamlDocument.text(fields, "current-context");
    if (YamlDocument.maps(fields.get("contexts")).stream()
        .noneMatch(one -> context.equals(one.get("name")))) {
      problems.add("", "is a kubeconfig whose current-context is none of its contexts", "");
    }
    return problems.found();
  }

  /** The file's text; RKE's default asks a program on the same host. */
  public static Secret of(Secret kubeconfig) {
    return kubeconfig.reveal().isEmpty() ? Secret.of(YamlDocument.write(byDefault())) : kubeconfig;
  }

  private static Map<String, Object> byDefault() {
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "Config",
        "clusters",
        List.of(
            Map.of(
                "name",
                NAME,
                "cluster",
                Map.of(
                    "insecure-skip-tls-verify",
                    true,
                    "server",
                    "http://127.0.0.1:6440/v1/authenticate"))),
        "users",
        List.of(Map.of("name", NAME, "user", Map.of("insecure-skip-tls-verify", true))),
        "contexts",
        List.of(Map.of("name", "webhook", "context", Map.of("user", NAME, "cluster", NAME))),
        "current-context",
        "webhook");
  }
}
