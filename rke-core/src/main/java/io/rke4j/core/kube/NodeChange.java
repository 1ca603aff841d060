package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Taint;
import io.rke4j.core.cluster.ClusterNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What has to change on a node as observed, so that it is as wanted. */
final class NodeChange {

  private static final String ROLE = "node-role.kubernetes.io/";
  private static final Taint ETCD = new Taint(ROLE + "etcd", "true", Taint.Effect.NO_EXECUTE);
  private static final Taint CONTROL_PLANE =
      new Taint(ROLE + "controlplane", "true", Taint.Effect.NO_SCHEDULE);
  private static final Set<String> RESERVED = Set.of(slot(ETCD), slot(CONTROL_PLANE));

  private final JsonNode node;
  private final ObjectNode patch = KubeJson.object();
  private final List<String> words = new ArrayList<>();

  private NodeChange(JsonNode node) {
    this.node = node;
  }

  static NodeChange of(JsonNode node, ClusterNode wanted, NodeMarks before) {
    NodeChange change = new NodeChange(node);
    // Taints are one list: whoever changes it must have seen its last version.
    change
        .patch
        .putObject("metadata")
        .put("resourceVersion", node.at("/metadata/resourceVersion").asText());
    change.entries("annotations", addresses(wanted), Set.of());
    change.entries("labels", labels(wanted), staleLabels(wanted, before));
    change.taints(taints(wanted), before.taints());
    return change;
  }

  List<String> words() {
    return List.copyOf(words);
  }

  JsonNode patch() {
    return patch;
  }

  private void entries(String part, Map<String, String> wanted, Set<String> stale) {
    JsonNode observed = node.path("metadata").path(part);
    ObjectNode changes = KubeJson.object();
    wanted.forEach(
        (key, value) -> {
          if (!observed.path(key).asText("").equals(value) || !observed.has(key)) {
            changes.put(key, value);
            words.add("set " + singular(part) + " " + key + "=" + value);
          }
        });
    for (String key : stale) {
      if (observed.has(key)) {
        changes.putNull(key);
        words.add("remove " + singular(part) + " " + key);
      }
    }
    if (!changes.isEmpty()) {
      patch.withObject("/metadata").set(part, changes);
    }
  }

  private void taints(Map<String, Taint> wanted, List<Taint> before) {
    Set<String> ours = new TreeSet<>(RESERVED);
    before.forEach(taint -> ours.add(slot(taint)));
    Map<String, Taint> missing = new LinkedHashMap<>(wanted);
    ArrayNode result = patch.arrayNode();
    int wordsBefore = words.size();
    for (JsonNode taint : node.at("/spec/taints")) {
      String slot = taint.path("key").asText() + ":" + taint.path("effect").asText();
      Taint replacement = wanted.get(slot);
      if (replacement == null ? !ours.contains(slot) : isSame(replacement, taint)) {
        result.add(taint);
        missing.remove(slot);
      } else if (replacement == null) {
        words.add("remove taint " + slot);
      }
    }
    missing.values().forEach(taint -> result.add(json(taint)));
    missing.values().forEach(taint -> words.add("set taint " + taint));
    if (words.size() > wordsBefore) {
      patch.putObject("spec").set("taints", result);
    }
  }

  private static Map<String, String> addresses(ClusterNode node) {
    return new TreeMap<>(
        Map.of(
            "rke.cattle.io/external-ip", node.address(),
            "rke.cattle.io/internal-ip", node.internalAddress()));
  }

  private static Map<String, String> labels(ClusterNode node) {
    Map<String, String> labels = new TreeMap<>(node.spec().labels());
    for (Role role : node.spec().roles()) {
      labels.put(ROLE + role.label(), "true");
    }
    return labels;
  }

  private static Set<String> staleLabels(ClusterNode node, NodeMarks before) {
    Set<String> stale = new TreeSet<>(before.labels().keySet());
    for (Role role : Role.values()) {
      stale.add(ROLE + role.label());
    }
    stale.removeAll(labels(node).keySet());
    return stale;
  }

  private static Map<String, Taint> taints(ClusterNode node) {
    Map<String, Taint> taints = new LinkedHashMap<>();
    if (!node.has(Role.WORKER)) {
      if (node.has(Role.ETCD)) {
        taints.put(slot(ETCD), ETCD);
      }
      if (node.has(Role.CONTROL_PLANE)) {
        taints.put(slot(CONTROL_PLANE), CONTROL_PLANE);
      }
    }
    for (Taint taint : node.spec().taints()) {
      if (!RESERVED.contains(slot(taint))) {
        taints.put(slot(taint), taint);
      }
    }
    return taints;
  }

  /** Kubernetes allows one taint for each key and effect. */
  private static String slot(Taint taint) {
    return taint.key() + ":" + taint.effect().kubernetesName();
  }

  private static boolean isSame(Taint wanted, JsonNode observed) {
    return observed.path("value").asText("").equals(wanted.value());
  }

  private static ObjectNode json(Taint taint) {
    ObjectNode json = KubeJson.object().put("key", taint.key());
    if (!taint.value().isEmpty()) {
      json.put("value", taint.value());
    }
    return json.put("effect", taint.effect().kubernetesName());
  }

  private static String singular(String part) {
    return part.substring(0, part.length() - 1);
  }
}
