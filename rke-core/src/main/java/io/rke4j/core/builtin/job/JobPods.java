package io.rke4j.core.builtin.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.core.kube.KubeClient;
import io.rke4j.core.kube.KubeJson;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pods that a Job has started, oldest first.
 *
 * @param pods the pods
 */
record JobPods(List<JsonNode> pods) {

  // The kubelet would try again for ever; ErrImagePull is not here, as it may be a hiccup.
  private static final Set<String> HOPELESS =
      Set.of(
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError");

  static JobPods of(KubeClient client, String job) {
    return new JobPods(
        client.list("/api/v1/namespaces/kube-system/pods?labelSelector=job-name%3D" + job).stream()
            .sorted(Comparator.comparing(pod -> pod.at("/metadata/creationTimestamp").asText()))
            .toList());
  }

  Optional<String> unstartable() {
    return pods.stream()
        .flatMap(pod -> KubeJson.elements(pod.at("/status/containerStatuses")))
        .map(container -> container.at("/state/waiting"))
        .filter(waiting -> HOPELESS.contains(waiting.path("reason").asText()))
        .map(JobPods::reasonOf)
        .findFirst();
  }

  String words() {
    return pods.isEmpty()
        ? "it has no pod yet"
        : pods.stream().map(JobPods::words).collect(Collectors.joining("; "));
  }

  Optional<String> last() {
    return pods.isEmpty()
        ? Optional.empty()
        : Optional.of(pods.get(pods.size() - 1).at("/metadata/name").asText());
  }

  private static String words(JsonNode pod) {
    String details =
        KubeJson.elements(pod.at("/status/containerStatuses"))
            .flatMap(container -> KubeJson.elements(container.path("state")))
            .filter(state -> state.has("reason"))
            .map(JobPods::reasonOf)
            .collect(Collectors.joining(", "));
    String phase = pod.at("/status/phase").asText();
    boolean unseen = phase.equals("Pending") && pod.at("/status/startTime").isMissingNode();
    String node = pod.at("/spec/nodeName").asText();
    return "pod %s is %s%s%s"
        .formatted(
            pod.at("/metadata/name").asText(),
            phase,
            details.isEmpty() ? "" : ", " + details,
            unseen ? ", the kubelet of " + node + " has not taken it" : "");
  }

  private static String reasonOf(JsonNode state) {
    String message = state.path("message").asText("");
    String exit = state.has("exitCode") ? " with exit code " + state.path("exitCode").asText() : "";
    return state.path("reason").asText() + exit + (message.isEmpty() ? "" : ": " + message);
  }
}
