package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.core.kube.Workloads.Workload;
import io.rke4j.spi.addon.KubeApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the cluster says about a workload that does not become ready. */
final class WorkloadEvidence {

  private static final int PODS = 5;
  private static final int LINES = 20;
  private static final int LENGTH = 300;

  private final KubeClient client;

  WorkloadEvidence(KubeClient client) {
    this.client = client;
  }

  List<String> of(Workload workload) {
    if (workload.namespace().isEmpty()) {
      return List.of();
    }
    List<String> evidence =
        new ArrayList<>(orWhyNot("events", () -> events(workload.namespace(), workload.name())));
    for (JsonNode pod : pods(workload)) {
      String name = pod.at("/metadata/name").asText();
      evidence.add("pod " + name + " is " + state(pod));
      evidence.addAll(orWhyNot("events of " + name, () -> events(workload.namespace(), name)));
      evidence.addAll(orWhyNot("the log of " + name, () -> log(workload.namespace(), name)));
    }
    return evidence;
  }

  private List<JsonNode> pods(Workload workload) {
    try {
      String selector =
          client.read(workload.path()).at("/spec/selector/matchLabels").properties().stream()
              .map(label -> label.getKey() + "%3D" + label.getValue().asText())
              .collect(Collectors.joining("%2C"));
      return client
          .list("/api/v1/namespaces/" + workload.namespace() + "/pods?labelSelector=" + selector)
          .stream()
          .limit(PODS)
          .toList();
    } catch (KubeApiException e) {
      return List.of();
    }
  }

  private static String state(JsonNode pod) {
    String phase = pod.at("/status/phase").asText();
    String waiting =
        KubeJson.elements(pod.at("/status/containerStatuses"))
            .flatMap(container -> KubeJson.elements(container.path("state")))
            .filter(state -> state.has("reason"))
            .map(WorkloadEvidence::reason)
            .collect(Collectors.joining(", "));
    return waiting.isEmpty() ? phase : phase + ", " + waiting;
  }

  private Stream<String> events(String namespace, String name) {
    return client
        .list(
            "/api/v1/namespaces/"
                + namespace
                + "/events?fieldSelector=involvedObject.name%3D"
                + name)
        .stream()
        .filter(event -> !event.path("type").asText().equals("Normal"))
        .limit(LINES)
        .map(event -> "event " + reason(event));
  }

  private Stream<String> log(String namespace, String pod) {
    return client
        .text("/api/v1/namespaces/" + namespace + "/pods/" + pod + "/log?tailLines=" + LINES)
        .lines()
        .map(line -> line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "…");
  }

  private static List<String> orWhyNot(String what, Supplier<Stream<String>> lines) {
    try {
      return lines.get().toList();
    } catch (KubeApiException e) {
      return List.of(what + " cannot be read: " + e.getMessage());
    }
  }

  private static String reason(JsonNode object) {
    String message = object.path("message").asText("");
    return object.path("reason").asText() + (message.isEmpty() ? "" : ": " + message);
  }
}
