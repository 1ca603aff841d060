package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Conditions;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.select.LabelSelector;
import java.util.Set;

/** Whether a pod may be on a node: taints, selectors, affinity. Resources are not counted. */
final class Placement {

  // What DaemonSets tolerate unasked.
  private static final Set<String> OF_DAEMONS =
      Set.of(
          "node.kubernetes.io/not-ready",
          "node.kubernetes.io/unreachable",
          "node.kubernetes.io/disk-pressure",
          "node.kubernetes.io/memory-pressure",
          "node.kubernetes.io/pid-pressure",
          "node.kubernetes.io/unschedulable",
          "node.kubernetes.io/network-unavailable");

  private Placement() {}

  static boolean isReady(JsonNode node) {
    return Conditions.isTrue(node, "Ready");
  }

  static boolean fits(JsonNode podSpec, ObjectNode node) {
    return isReady(node)
        && !node.path("spec").path("unschedulable").asBoolean()
        && matches(podSpec, node)
        && tolerates(podSpec, node, Set.of());
  }

  static boolean fitsDaemon(JsonNode podSpec, ObjectNode node) {
    return matches(podSpec, node) && tolerates(podSpec, node, OF_DAEMONS);
  }

  private static boolean matches(JsonNode podSpec, ObjectNode node) {
    boolean isSelected =
        Json.fields(podSpec.path("nodeSelector"))
            .allMatch(
                wanted ->
                    Meta.label(node, wanted.getKey())
                        .filter(wanted.getValue().asText()::equals)
                        .isPresent());
    JsonNode terms =
        podSpec.at(
            "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution"
                + "/nodeSelectorTerms");
    return isSelected
        && (terms.isEmpty()
            || Json.elements(terms).anyMatch(term -> LabelSelector.of(term).test(node)));
  }

  private static boolean tolerates(JsonNode podSpec, ObjectNode node, Set<String> unasked) {
    return Json.elements(node.path("spec").path("taints"))
        .filter(taint -> !taint.path("effect").asText().equals("PreferNoSchedule"))
        .filter(taint -> !unasked.contains(taint.path("key").asText()))
        .allMatch(
            taint ->
                Json.elements(podSpec.path("tolerations"))
                    .anyMatch(toleration -> tolerates(toleration, taint)));
  }

  private static boolean tolerates(JsonNode toleration, JsonNode taint) {
    String effect = toleration.path("effect").asText("");
    String key = toleration.path("key").asText("");
    boolean exists = toleration.path("operator").asText("Equal").equals("Exists");
    return (effect.isEmpty() || effect.equals(taint.path("effect").asText()))
        && (key.isEmpty() ? exists : key.equals(taint.path("key").asText()))
        && (exists || toleration.path("value").asText("").equals(taint.path("value").asText("")));
  }
}
