package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.status.KubeFailure;
import io.rke4j.testkit.kube.store.KubeStore;
import java.util.List;
import java.util.Optional;

/** The log of a pod's container as far as it is written. */
final class PodLog {

  private final KubeStore store;

  PodLog(KubeStore store) {
    this.store = store;
  }

  Answer read(Target target, ApiRequest request) {
    ObjectNode pod = store.get(target.type(), target.namespace(), target.name());
    String container = container(pod, request.parameter("container"));
    Optional<JsonNode> waiting =
        Json.elements(pod.path("status").path("containerStatuses"))
            .filter(one -> one.path("name").asText().equals(container))
            .map(one -> one.path("state").path("waiting"))
            .filter(JsonNode::isObject)
            .findFirst();
    if (waiting.isPresent()) {
      throw KubeFailure.badRequest(
          "container \"%s\" in pod \"%s\" is waiting to start: %s"
              .formatted(container, Meta.name(pod), waiting.get().path("reason").asText()));
    }
    String text = store.logs().read(Meta.uid(pod), container);
    return Answer.text(request.number("tailLines").map(count -> tail(text, count)).orElse(text));
  }

  private static String container(ObjectNode pod, String wanted) {
    List<String> names =
        Json.elements(pod.path("spec").path("containers"))
            .map(one -> one.path("name").asText())
            .toList();
    if (wanted.isEmpty() && names.size() == 1) {
      return names.get(0);
    }
    if (!names.contains(wanted)) {
      String name = Meta.name(pod);
      throw KubeFailure.badRequest(
          wanted.isEmpty()
              ? "a container name must be specified for pod %s, choose one of: %s"
                  .formatted(name, names)
              : "container %s is not valid for pod %s".formatted(wanted, name));
    }
    return wanted;
  }

  private static String tail(String text, int count) {
    List<String> lines = text.lines().toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - count), lines.size());
    return last.isEmpty() ? "" : String.join("\n", last) + "\n";
  }
}
