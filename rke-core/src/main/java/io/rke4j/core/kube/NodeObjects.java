package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.spi.Observation;
import io.rke4j.spi.addon.KubeApiException;
import java.util.List;
import java.util.Optional;

/** The nodes as objects of Kubernetes. */
final class NodeObjects {

  private static final String NODES = "/api/v1/nodes";

  private final KubeClient client;

  NodeObjects(KubeClient client) {
    this.client = client;
  }

  /** A node by its name or, where a cloud named it otherwise, by its label. */
  Optional<ObjectNode> find(NodeName name) {
    Optional<ObjectNode> node = client.find(NODES + "/" + name);
    if (node.isPresent()) {
      return node;
    }
    List<JsonNode> labelled =
        client.list(NODES + "?labelSelector=kubernetes.io%2Fhostname%3D" + name);
    return labelled.stream().map(ObjectNode.class::cast).findFirst();
  }

  ObjectNode require(NodeName name) {
    return find(name).orElseThrow(() -> absent(name));
  }

  Observation ready(NodeName name) {
    Optional<ObjectNode> node = find(name);
    if (node.isEmpty()) {
      return Observation.notYet("node " + name + " has not registered");
    }
    JsonNode condition =
        KubeJson.elements(node.get().at("/status/conditions"))
            .filter(one -> one.path("type").asText().equals("Ready"))
            .findFirst()
            .orElseGet(KubeJson::object);
    if (condition.path("status").asText().equals("True")) {
      return Observation.done();
    }
    return Observation.notYet(
        condition.isEmpty()
            ? "node " + name + " has said nothing about itself"
            : "node %s is Ready=%s, %s: %s"
                .formatted(
                    name,
                    condition.path("status").asText(),
                    condition.path("reason").asText(),
                    condition.path("message").asText()));
  }

  void merge(NodeName name, JsonNode patch) {
    client.merge(pathOf(require(name)), patch);
  }

  void delete(NodeName name) {
    find(name).ifPresent(node -> client.delete(pathOf(node)));
  }

  private static String pathOf(JsonNode node) {
    return NODES + "/" + node.at("/metadata/name").asText();
  }

  private KubeApiException absent(NodeName name) {
    return KubeApiException.answered(
        "GET " + client.server() + NODES + "/" + name,
        404,
        "NotFound",
        "no node has this name or label; its kubelet has not registered it");
  }
}
