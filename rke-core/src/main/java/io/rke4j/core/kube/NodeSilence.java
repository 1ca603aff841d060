package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.api.cluster.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which nodes Kubernetes has not heard of, and since when: what its node controller has written
 * down, by the clock of the API server. A node that says that it is not ready is not silent.
 */
public final class NodeSilence {

  private final NodeList nodes;
  private final Instant now;

  private NodeSilence(NodeList nodes, Instant now) {
    this.nodes = nodes;
    this.now = now;
  }

  /**
   * A node that Kubernetes has not heard of.
   *
   * @param since when its node controller noticed
   * @param lasting how long ago that was
   * @param says what it says about the node
   */
  public record Silent(Instant since, Duration lasting, String says) {}

  static NodeSilence of(KubeClient client, NodeObjects nodes) {
    return new NodeSilence(nodes.all(), client.time());
  }

  /** How many nodes there are. */
  public int nodes() {
    return (int) nodes.all().count();
  }

  /** How many of them are silent. */
  public int silent() {
    return (int) nodes.all().filter(node -> isSilent(NodeObjects.condition(node))).count();
  }

  /** Since when a node is silent; empty if it is not, or is not known to Kubernetes. */
  public Optional<Silent> of(NodeName name) {
    return nodes
        .find(name)
        .map(NodeObjects::condition)
        .filter(NodeSilence::isSilent)
        .map(this::silent);
  }

  private Silent silent(JsonNode condition) {
    Instant since = Instant.parse(condition.path("lastTransitionTime").asText());
    String says = condition.path("reason").asText();
    String message = condition.path("message").asText();
    return new Silent(
        since, Duration.between(since, now), message.isEmpty() ? says : says + ", " + message);
  }

  private static boolean isSilent(JsonNode condition) {
    return condition.path("status").asText().equals("Unknown")
        && !condition.path("lastTransitionTime").asText().isEmpty();
  }
}
