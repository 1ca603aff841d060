package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.NodeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The nodes as objects of Kubernetes, all of one moment. */
final class NodeList {

  private final Map<NodeName, String> addresses;
  private final List<ObjectNode> all;
  private final Map<String, ObjectNode> byName;
  private final Map<String, ObjectNode> byHostName;

  /**
   * These nodes.
   *
   * @param addresses internal addresses of nodes whose name and label are the cloud's
   */
  NodeList(List<JsonNode> nodes, Map<NodeName, String> addresses) {
    this.addresses = addresses;
    this.all = nodes.stream().map(ObjectNode.class::cast).toList();
    this.byName = by(NodeObjects::nameOf, all);
    this.byHostName = by(NodeList::hostName, all);
  }

  private static Map<String, ObjectNode> by(
      Function<ObjectNode, String> name, List<ObjectNode> nodes) {
    return nodes.stream()
        .collect(Collectors.toMap(name, Function.identity(), (first, other) -> first));
  }

  /** All of them. */
  Stream<ObjectNode> all() {
    return all.stream();
  }

  /** A node by its name or, where a cloud named it otherwise, by its label or its address. */
  Optional<ObjectNode> find(NodeName name) {
    return Optional.ofNullable(byName.get(name.value()))
        .or(() -> Optional.ofNullable(byHostName.get(name.value())))
        .or(() -> Optional.ofNullable(addresses.get(name)).flatMap(this::at));
  }

  private Optional<ObjectNode> at(String address) {
    return all().filter(node -> hasAddress(node, address)).findFirst();
  }

  private static String hostName(ObjectNode node) {
    return node.path("metadata").path("labels").path("kubernetes.io/hostname").asText();
  }

  private static boolean hasAddress(ObjectNode node, String address) {
    return KubeJson.elements(node.at("/status/addresses"))
        .anyMatch(
            one ->
                one.path("type").asText().equals("InternalIP")
                    && one.path("address").asText().equals(address));
  }
}
