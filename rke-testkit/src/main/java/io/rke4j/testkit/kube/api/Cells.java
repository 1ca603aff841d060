package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.testkit.kube.json.Conditions;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is shown of objects that stands nowhere in them as it is shown.
 *
 * @param now when it is shown
 */
record Cells(Instant now) {

  private static final String NONE = "<none>";
  private static final String ROLE = "node-role.kubernetes.io/";

  String of(String name, JsonNode object) {
    return switch (name) {
      case "age" -> since(Meta.text(object, "creationTimestamp"));
      case "lastSeen" -> since(object.path("lastTimestamp").asText(""));
      case "none" -> NONE;
      case "podReady" -> podReady(object);
      case "podStatus" -> podStatus(object);
      case "podRestarts" -> Integer.toString(restarts(object));
      case "nodeStatus" -> nodeStatus(object);
      case "nodeRoles" -> nodeRoles(object);
      case "internalAddress" -> address(object, "InternalIP");
      case "externalAddress" -> address(object, "ExternalIP");
      default -> ofWorkload(name, object);
    };
  }

  private String ofWorkload(String name, JsonNode object) {
    return switch (name) {
      case "completions" ->
          object.at("/status/succeeded").asInt() + "/" + object.at("/spec/completions").asInt(1);
      case "duration" -> duration(object);
      case "readyReplicas" ->
          object.at("/status/readyReplicas").asInt() + "/" + object.at("/spec/replicas").asInt();
      case "containers" -> ofContainers(object, "name");
      case "images" -> ofContainers(object, "image");
      case "selector" -> pairs(object.at("/spec/selector/matchLabels"));
      case "selectorMap" -> pairs(object.at("/spec/selector"));
      case "nodeSelector" -> pairs(object.at("/spec/template/spec/nodeSelector"));
      case "active" -> Integer.toString(object.at("/status/active").size());
      default -> ofOthers(name, object);
    };
  }

  private static String ofOthers(String name, JsonNode object) {
    return switch (name) {
      case "ports" -> orNone(Json.elements(object.at("/spec/ports")).map(Cells::port));
      case "data" ->
          Integer.toString(object.path("data").size() + object.path("binaryData").size());
      case "secrets" -> Integer.toString(object.path("secrets").size());
      case "involved" ->
          object.at("/involvedObject/kind").asText().toLowerCase(java.util.Locale.ROOT)
              + "/"
              + object.at("/involvedObject/name").asText();
      case "hosts" ->
          orNone(
              Json.elements(object.at("/spec/rules")).map(rule -> rule.path("host").asText("*")));
      case "ingressPorts" -> object.at("/spec/tls").isEmpty() ? "80" : "80, 443";
      case "role" ->
          object.at("/roleRef/kind").asText() + "/" + object.at("/roleRef/name").asText();
      case "apiService" ->
          object.at("/spec/service").isObject()
              ? object.at("/spec/service/namespace").asText()
                  + "/"
                  + object.at("/spec/service/name").asText()
              : "Local";
      case "available" -> Conditions.isTrue(object, "Available") ? "True" : "False";
      default -> throw new IllegalArgumentException("no such value in columns.txt: @" + name);
    };
  }

  private String since(String time) {
    return time.isEmpty() ? "<unknown>" : words(Duration.between(Instant.parse(time), now));
  }

  /** As kubectl says spans: 90s, 5m30s, 3h, 2d. */
  static String words(Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes < 10) {
      return minutes + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    long hours = minutes / 60;
    if (hours < 8) {
      return hours + "h" + (minutes % 60 == 0 ? "" : minutes % 60 + "m");
    }
    return hours < 48 ? hours + "h" : hours / 24 + "d";
  }

  private static String podReady(JsonNode pod) {
    long ready =
        Json.elements(pod.at("/status/containerStatuses"))
            .filter(one -> one.path("ready").asBoolean())
            .count();
    return ready + "/" + pod.at("/spec/containers").size();
  }

  private static String podStatus(JsonNode pod) {
    if (Meta.isBeingDeleted(pod)) {
      return "Terminating";
    }
    return Json.elements(pod.at("/status/containerStatuses"))
        .flatMap(
            one ->
                Json.elements(
                    Json.array()
                        .add(one.path("state").path("waiting"))
                        .add(one.path("state").path("terminated"))))
        .map(state -> state.path("reason").asText(""))
        .filter(reason -> !reason.isEmpty())
        .findFirst()
        .orElseGet(() -> pod.at("/status/phase").asText());
  }

  private static int restarts(JsonNode pod) {
    return Json.elements(pod.at("/status/containerStatuses"))
        .mapToInt(one -> one.path("restartCount").asInt())
        .sum();
  }

  private static String nodeStatus(JsonNode node) {
    String ready = Conditions.isTrue(node, "Ready") ? "Ready" : "NotReady";
    return node.at("/spec/unschedulable").asBoolean() ? ready + ",SchedulingDisabled" : ready;
  }

  private static String nodeRoles(JsonNode node) {
    List<String> roles =
        Json.fields(node.at("/metadata/labels"))
            .map(java.util.Map.Entry::getKey)
            .filter(key -> key.startsWith(ROLE))
            .map(key -> key.substring(ROLE.length()))
            .sorted()
            .toList();
    return roles.isEmpty() ? NONE : String.join(",", roles);
  }

  private static String address(JsonNode node, String type) {
    return orNone(
        Json.elements(node.at("/status/addresses"))
            .filter(one -> one.path("type").asText().equals(type))
            .map(one -> one.path("address").asText()));
  }

  private String duration(JsonNode job) {
    String start = job.at("/status/startTime").asText("");
    String end = job.at("/status/completionTime").asText("");
    if (start.isEmpty()) {
      return "";
    }
    Instant until = end.isEmpty() ? now : Instant.parse(end);
    return words(Duration.between(Instant.parse(start), until));
  }

  private static String ofContainers(JsonNode object, String field) {
    return orNone(
        Json.elements(object.at("/spec/template/spec/containers"))
            .map(one -> one.path(field).asText()));
  }

  private static String port(JsonNode port) {
    String node = port.path("nodePort").asText("");
    return port.path("port").asText()
        + (node.isEmpty() ? "" : ":" + node)
        + "/"
        + port.path("protocol").asText("TCP");
  }

  private static String pairs(JsonNode map) {
    return orNone(Json.fields(map).map(one -> one.getKey() + "=" + one.getValue().asText()));
  }

  private static String orNone(Stream<String> texts) {
    String joined = texts.collect(Collectors.joining(","));
    return joined.isEmpty() ? NONE : joined;
  }
}
