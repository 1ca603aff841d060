package io.rke4j.core.builtin.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.core.kube.KubeClient;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.spi.addon.KubeApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the cluster says about a Job that did not do its work. */
final class JobEvidence {

  private static final String CORE = "/api/v1/namespaces/kube-system/";
  private static final int LINES = 20;

  // What follows the reason in a longer line is the whole object that Kubernetes refused.
  private static final int LENGTH = 300;

  private JobEvidence() {}

  static List<String> of(KubeClient client, String job) {
    List<String> evidence = new ArrayList<>();
    evidence.addAll(orWhyNot("conditions", () -> conditions(client, job)));
    JobPods pods;
    try {
      pods = JobPods.of(client, job);
    } catch (KubeApiException e) {
      evidence.add("pods cannot be read: " + e.getMessage());
      return evidence;
    }
    evidence.add(pods.words());
    evidence.addAll(orWhyNot("events", () -> events(client, job)));
    pods.last()
        .ifPresent(
            pod -> {
              evidence.addAll(orWhyNot("events of the pod", () -> events(client, pod)));
              evidence.addAll(orWhyNot("the pod's log", () -> log(client, pod)));
            });
    return evidence;
  }

  private static List<String> orWhyNot(String what, Supplier<Stream<String>> lines) {
    try {
      return lines.get().toList();
    } catch (KubeApiException e) {
      return List.of(what + " cannot be read: " + e.getMessage());
    }
  }

  private static Stream<String> conditions(KubeClient client, String job) {
    JsonNode found =
        client
            .find("/apis/batch/v1/namespaces/kube-system/jobs/" + job)
            .orElseGet(KubeJson::object);
    return KubeJson.elements(found.at("/status/conditions"))
        .map(one -> "job is " + one.path("type").asText() + " " + reasonOf(one));
  }

  private static Stream<String> events(KubeClient client, String name) {
    List<JsonNode> events =
        client.list(CORE + "events?fieldSelector=involvedObject.name%3D" + name);
    return events.stream()
        .filter(event -> !event.path("type").asText().equals("Normal"))
        .skip(Math.max(0, events.size() - LINES))
        .map(event -> "event " + reasonOf(event));
  }

  private static Stream<String> log(KubeClient client, String pod) {
    return client
        .text(CORE + "pods/" + pod + "/log?tailLines=" + LINES)
        .lines()
        .map(line -> line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "…");
  }

  private static String reasonOf(JsonNode object) {
    String message = object.path("message").asText("");
    return object.path("reason").asText() + (message.isEmpty() ? "" : ": " + message);
  }
}
