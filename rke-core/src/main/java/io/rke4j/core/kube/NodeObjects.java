package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.spi.Observation;
import io.rke4j.spi.addon.KubeApiException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The nodes as objects of Kubernetes. */
final class NodeObjects {

  private static final String NODES = "/api/v1/nodes";

  private final KubeClient client;
  private final Map<NodeName, String> addresses;
  private final Optional<SharedAnswer<NodeList>> seen;

  /**
   * The nodes.
   *
   * @param addresses internal addresses of nodes whose name and label are the cloud's
   */
  NodeObjects(KubeClient client, Map<NodeName, String> addresses) {
    this(client, Map.copyOf(addresses), Optional.empty());
  }

  private NodeObjects(
      KubeClient client, Map<NodeName, String> addresses, Optional<SharedAnswer<NodeList>> seen) {
    this.client = client;
    this.addresses = addresses;
    this.seen = seen;
  }

  /** The same, with all nodes asked for at once and only once: what they are at that moment. */
  NodeObjects seenOnce() {
    return new NodeObjects(client, addresses, Optional.of(new SharedAnswer<>(this::all)));
  }

  /** A node by its name or, where a cloud named it otherwise, by its label or its address. */
  Optional<ObjectNode> find(NodeName name) {
    return seen.isPresent() ? seen.get().get().find(name) : ask(name);
  }

  private Optional<ObjectNode> ask(NodeName name) {
    Optional<ObjectNode> node = client.find(NODES + "/" + name);
    if (node.isPresent()) {
      return node;
    }
    List<JsonNode> labelled =
        client.list(NODES + "?labelSelector=kubernetes.io%2Fhostname%3D" + name);
    Optional<ObjectNode> found = labelled.stream().map(ObjectNode.class::cast).findFirst();
    return found.isPresent() || !addresses.containsKey(name) ? found : all().find(name);
  }

  /** Where Jobs of the control plane can be: the node itself, or any other of that plane. */
  Optional<String> controlPlane(NodeName name) {
    return find(name)
        .or(
            () ->
                client
                    .list(NODES + "?labelSelector=node-role.kubernetes.io%2Fcontrolplane%3Dtrue")
                    .stream()
                    .map(ObjectNode.class::cast)
                    .findFirst())
        .map(NodeObjects::nameOf);
  }

  /** All nodes, of now. */
  NodeList all() {
    return new NodeList(client.list(NODES), addresses);
  }

  ObjectNode require(NodeName name) {
    return find(name).orElseThrow(() -> absent(name));
  }

  Observation ready(NodeName name, Instant since) {
    Optional<ObjectNode> node = find(name);
    if (node.isEmpty()) {
      return Observation.notYet("node " + name + " has not registered");
    }
    return readiness(name, node.get(), since);
  }

  /** What a node, or Kubernetes, says about it. */
  static Observation readiness(NodeName name, JsonNode node, Instant since) {
    JsonNode condition = condition(node);
    if (condition.path("status").asText().equals("True")) {
      return reportedAt(condition).isBefore(since)
          ? Observation.notYet(
              "node %s has not reported since its kubelet was started at %s".formatted(name, since))
          : Observation.done();
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

  /** The condition Ready of a node; empty if it has none. */
  static JsonNode condition(JsonNode node) {
    return KubeJson.elements(node.at("/status/conditions"))
        .filter(one -> one.path("type").asText().equals("Ready"))
        .findFirst()
        .orElseGet(KubeJson::object);
  }

  private static Instant reportedAt(JsonNode condition) {
    String written = condition.path("lastHeartbeatTime").asText();
    return written.isEmpty() ? Instant.EPOCH : Instant.parse(written);
  }

  void merge(NodeName name, JsonNode patch) {
    client.merge(pathOf(require(name)), patch);
  }

  void delete(NodeName name) {
    find(name).ifPresent(node -> client.delete(pathOf(node)));
  }

  private static String pathOf(JsonNode node) {
    return NODES + "/" + nameOf(node);
  }

  static String nameOf(JsonNode node) {
    return node.at("/metadata/name").asText();
  }

  private KubeApiException absent(NodeName name) {
    return KubeApiException.answered(
        "GET " + client.server() + NODES + "/" + name,
        404,
        "NotFound",
        "no node has this name or label; its kubelet has not registered it");
  }
}
