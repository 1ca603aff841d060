package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.core.kube.Workloads.Workload;
import io.rke4j.spi.addon.KubeApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the cluster says about a workload that does not become ready. */
final class WorkloadEvidence {

  private static final int PODS = 5;

  private final KubeClient client;

  WorkloadEvidence(KubeClient client) {
    this.client = client;
  }

  List<String> of(Workload workload) {
    if (workload.namespace().isEmpty()) {
      return List.of();
    }
    Evidence told = new Evidence(client, workload.namespace());
    List<String> evidence = new ArrayList<>(told.warnings("events", workload.name()));
    for (JsonNode pod : pods(workload)) {
      String name = pod.at("/metadata/name").asText();
      evidence.add("pod " + name + " is " + state(pod));
      evidence.addAll(told.warnings("events of " + name, name));
      evidence.addAll(told.log("the log of " + name, name));
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
            .map(Evidence::reason)
            .collect(Collectors.joining(", "));
    return waiting.isEmpty() ? phase : phase + ", " + waiting;
  }
}
