package io.rke4j.testkit.kube.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** What the API server adds to new objects; only what clients look at. */
final class Defaults {

  private Defaults() {}

  static void fill(KubeStore store, ResourceType type, ObjectNode object) {
    switch (type.collection()) {
      case "namespaces" -> namespace(store, object);
      case "secrets" -> secret(object);
      case "services" -> service(store, object);
      case "pods" -> pod(object);
      case "jobs.batch" -> job(object);
      case "deployments.apps" -> deployment(object);
      case "statefulsets.apps", "replicasets.apps" ->
          Json.putIfAbsent(Json.child(object, "spec"), "replicas", 1);
      case "daemonsets.apps" ->
          Json.putIfAbsent(
              Json.child(object, "spec"),
              "updateStrategy",
              Map.of("type", "RollingUpdate", "rollingUpdate", Map.of("maxUnavailable", 1)));
      case "customresourcedefinitions.apiextensions.k8s.io" -> definition(object);
      default -> {}
    }
  }

  private static void namespace(KubeStore store, ObjectNode object) {
    Json.child(object, "spec").putArray("finalizers").add("kubernetes");
    Json.child(object, "status").put("phase", "Active");
    if (store.types().release().isAtLeast(21)) {
      Json.child(Meta.of(object), "labels").put("kubernetes.io/metadata.name", Meta.name(object));
    }
  }

  private static void secret(ObjectNode object) {
    Json.putIfAbsent(object, "type", "Opaque");
    JsonNode plain = object.remove("stringData");
    if (plain != null) {
      ObjectNode data = Json.child(object, "data");
      Json.fields(plain)
          .forEach(field -> data.put(field.getKey(), base64(field.getValue().asText())));
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void service(KubeStore store, ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    Json.putIfAbsent(spec, "type", "ClusterIP");
    Json.putIfAbsent(spec, "sessionAffinity", "None");
    if (!spec.path("type").asText().equals("ExternalName")) {
      if (spec.path("clusterIP").asText("").isEmpty()) {
        spec.put("clusterIP", freeAddress(store));
      }
      if (store.types().release().isAtLeast(20)) {
        Json.putIfAbsent(spec, "clusterIPs", List.of(spec.path("clusterIP").asText()));
        Json.putIfAbsent(spec, "ipFamilyPolicy", "SingleStack");
        Json.putIfAbsent(spec, "ipFamilies", List.of("IPv4"));
      }
    }
    boolean opensNodes = spec.path("type").asText().matches("NodePort|LoadBalancer");
    for (JsonNode port : spec.path("ports")) {
      if (port instanceof ObjectNode one) {
        Json.putIfAbsent(one, "protocol", "TCP");
        Json.putIfAbsent(one, "targetPort", one.path("port"));
        if (opensNodes) {
          Json.putIfAbsent(one, "nodePort", ThreadLocalRandom.current().nextInt(30_000, 32_768));
        }
      }
    }
    Json.child(Json.child(object, "status"), "loadBalancer");
  }

  private static String freeAddress(KubeStore store) {
    List<String> taken =
        store.list(store.types().get("", "services"), "").items().stream()
            .map(service -> service.path("spec").path("clusterIP").asText())
            .toList();
    for (int host = 1; ; host++) {
      String address = "10.43." + host / 250 + "." + (host % 250 + 1);
      if (!taken.contains(address)) {
        return address;
      }
    }
  }

  private static void pod(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    podSpec(spec);
    Json.putIfAbsent(spec, "serviceAccountName", "default");
    spec.set("serviceAccount", spec.path("serviceAccountName"));
    ObjectNode status = Json.child(object, "status");
    status.put("phase", "Pending").put("qosClass", qosClass(spec));
  }

  private static String qosClass(ObjectNode spec) {
    boolean asks =
        Json.elements(spec.path("containers"))
            .anyMatch(container -> !container.path("resources").isEmpty());
    return asks ? "Burstable" : "BestEffort";
  }

  private static void podSpec(ObjectNode spec) {
    Json.putIfAbsent(spec, "restartPolicy", "Always");
    Json.putIfAbsent(spec, "terminationGracePeriodSeconds", 30);
    Json.putIfAbsent(spec, "dnsPolicy", "ClusterFirst");
    Json.putIfAbsent(spec, "schedulerName", "default-scheduler");
    Json.putIfAbsent(spec, "securityContext", Map.of());
    for (JsonNode container : spec.path("containers")) {
      if (container instanceof ObjectNode one) {
        Json.putIfAbsent(one, "resources", Map.of());
        Json.putIfAbsent(one, "terminationMessagePath", "/dev/termination-log");
        Json.putIfAbsent(one, "terminationMessagePolicy", "File");
        String image = one.path("image").asText();
        boolean isLatest = image.endsWith(":latest") || !image.matches(".*[:@][^/]+");
        Json.putIfAbsent(one, "imagePullPolicy", isLatest ? "Always" : "IfNotPresent");
      }
    }
  }

  private static void job(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    Json.putIfAbsent(spec, "completions", 1);
    Json.putIfAbsent(spec, "parallelism", 1);
    Json.putIfAbsent(spec, "backoffLimit", 6);
    if (!spec.path("manualSelector").asBoolean()) {
      String uid = Meta.uid(object);
      ObjectNode labels = Json.child(Meta.of(Json.child(spec, "template")), "labels");
      labels.put("controller-uid", uid).put("job-name", Meta.name(object));
      Json.child(Json.child(spec, "selector"), "matchLabels").put("controller-uid", uid);
    }
    podSpec(Json.child(Json.child(spec, "template"), "spec"));
    Optional.of(Meta.of(object))
        .filter(metadata -> !metadata.has("labels"))
        .ifPresent(metadata -> metadata.set("labels", labelsOfTemplate(spec)));
  }

  private static JsonNode labelsOfTemplate(ObjectNode spec) {
    return spec.path("template").path("metadata").path("labels").deepCopy();
  }

  private static void deployment(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    Json.putIfAbsent(spec, "replicas", 1);
    Json.putIfAbsent(spec, "revisionHistoryLimit", 10);
    Json.putIfAbsent(spec, "progressDeadlineSeconds", 600);
    Map<String, String> quarter = Map.of("maxSurge", "25%", "maxUnavailable", "25%");
    Json.putIfAbsent(spec, "strategy", Map.of("type", "RollingUpdate", "rollingUpdate", quarter));
    podSpec(Json.child(Json.child(spec, "template"), "spec"));
  }

  private static void definition(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    Json.putIfAbsent(spec, "conversion", Map.of("strategy", "None"));
    ObjectNode names = Json.child(spec, "names");
    String kind = names.path("kind").asText();
    Json.putIfAbsent(names, "singular", kind.toLowerCase(java.util.Locale.ROOT));
    Json.putIfAbsent(names, "listKind", kind + "List");
  }
}
