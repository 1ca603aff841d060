package io.rke4j.core.builtin.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.core.kube.Evidence;
import io.rke4j.core.kube.KubeClient;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.spi.addon.KubeApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the cluster says about a Job that did not do its work. */
final class JobEvidence {

  private JobEvidence() {}

  static List<String> of(KubeClient client, String job) {
    List<String> evidence =
        new ArrayList<>(Evidence.orWhyNot("conditions", () -> conditions(client, job)));
    JobPods pods;
    try {
      pods = JobPods.of(client, job);
    } catch (KubeApiException e) {
      evidence.add("pods cannot be read: " + e.getMessage());
      return evidence;
    }
    evidence.add(pods.words());
    Evidence told = new Evidence(client, "kube-system");
    evidence.addAll(told.warnings("events", job));
    pods.last()
        .ifPresent(
            pod -> {
              evidence.addAll(told.warnings("events of the pod", pod));
              evidence.addAll(told.log("the pod's log", pod));
            });
    return evidence;
  }

  private static Stream<String> conditions(KubeClient client, String job) {
    JsonNode found =
        client
            .find("/apis/batch/v1/namespaces/kube-system/jobs/" + job)
            .orElseGet(KubeJson::object);
    return KubeJson.elements(found.at("/status/conditions"))
        .map(one -> "job is " + one.path("type").asText() + " " + Evidence.reason(one));
  }
}
