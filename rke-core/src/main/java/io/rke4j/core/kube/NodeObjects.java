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
import java.util.function.Predicate;

/** The nodes as objects of Kubernetes. */
final class NodeObjects {

  private static final String NODES = "/api/v1/nodes";

  private final KubeClient client;
  private final Map<NodeName, String> addresses;

  /**
   * The nodes.
   *
   * @param addresses internal addresses of nodes whose name and label are the cloud's
   */
  NodeObjects(KubeClient client, Map<NodeName, String> addresses) {
    this.client = client;
    this.addresses = Map.copyOf(addresses);
  }

  /** A node by its name or, where a cloud named it otherwise, by its label. */
  Optional<ObjectNode> find(NodeName name) {
    Optional<ObjectNode> node = client.find(NODES + "/" + name);
    if (node.isPresent()) {
      return node;
    }
    List<JsonNode> labelled =
        client.list(NODES + "?labelSelector=kubernetes.io%2Fhostname%3D" + name);
    Optional<ObjectNode> found = labelled.stream().map(ObjectNode.class::cast).findFirst();
    String address = addresses.get(name);
    return found.isPresent() || address == null
        ? found
        : first(all(), one -> hasAddress(one, address)).map(ObjectNode.class::cast);
  }

  /** The same among nodes that have been asked for already. */
  Optional<JsonNode> find(NodeName name, List<JsonNode> nodes) {
    String address = addresses.get(name);
    return first(nodes, node -> nameOf(node).equals(name.value()))
        .or(() -> first(nodes, node -> hostName(node).equals(name.value())))
        .or(
            () ->
                address == null
                    ? Optional.empty()
                    : first(nodes, node -> hasAddress(node, address)));
  }

  private static Optional<JsonNode> first(List<JsonNode> nodes, Predicate<JsonNode> fits) {
    return nodes.stream().filter(fits).findFirst();
  }

  private static String hostName(JsonNode node) {
    return node.path("metadata").path("labels").path("kubernetes.io/hostname").asText();
  }

  private static boolean hasAddress(JsonNode node, String address) {
    return KubeJson.elements(node.at("/status/addresses"))
        .anyMatch(
            one ->
                one.path("type").asText().equals("InternalIP")
                    && one.path("address").asText().equals(address));
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

  List<JsonNode> all() {
    return client.list(NODES);
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

  private static String nameOf(JsonNode node) {
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
