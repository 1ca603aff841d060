package io.rke4j.core.document;

import io.rke4j.api.cluster.SpecProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the API server writes into its audit log: a {@code Policy} of {@code audit.k8s.io}. */
public final class AuditPolicyFile {

  private static final Set<String> LEVELS =
      Set.of("None", "Metadata", "Request", "RequestResponse");

  /** Who did what to which object, without bodies. */
  private static final String DEFAULT =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      metadata:
        creationTimestamp: null
      rules:
      - level: Metadata
      """;

  private AuditPolicyFile() {}

  /** What is wrong with a policy of the user's own. */
  public static List<SpecProblem> problems(String path, String text) {
    DocumentProblems problems = new DocumentProblems(path);
    Map<String, Object> fields =
        problems.object(text, "Policy", "audit.k8s.io/v1", "audit.k8s.io/v1beta1");
    List<Map<String, Object>> rules = YamlDocument.maps(fields.get("rules"));
    if (!fields.isEmpty() && rules.isEmpty()) {
      problems.add("rules", "has no rule", "write at least one, for example level: Metadata");
    }
    for (int index = 0; index < rules.size(); index++) {
      if (!LEVELS.contains(YamlDocument.text(rules.get(index), "level"))) {
        problems.add(
            "rules[" + index + "].level", "must be None, Metadata, Request or RequestResponse", "");
      }
    }
    return problems.found();
  }

  /** The file's text, with the empty fields that RKE's has. */
  public static String of(String policy) {
    if (policy.isEmpty()) {
      return DEFAULT;
    }
    Map<String, Object> fields = new TreeMap<>(YamlDocument.read(policy).orElseThrow());
    Map<String, Object> metadata = new HashMap<>(YamlDocument.map(fields, "metadata"));
    metadata.putIfAbsent("creationTimestamp", null);
    fields.put("metadata", metadata);
    return YamlDocument.write(fields);
  }
}
