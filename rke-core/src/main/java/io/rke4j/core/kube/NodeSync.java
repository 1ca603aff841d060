package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.spi.addon.KubeApiException;
import java.util.List;
import java.util.Optional;

/** Keeps labels, taints and annotations of nodes as wanted. Thread-safe. */
public final class NodeSync {

  private static final int ATTEMPTS = 8;

  private final NodeObjects nodes;

  NodeSync(NodeObjects nodes) {
    this.nodes = nodes;
  }

  /**
   * What is not as wanted, in words; empty if all is. Read-only.
   *
   * @param wanted the node
   * @param before what the user had given it earlier
   */
  public List<String> differences(ClusterNode wanted, NodeMarks before) {
    Optional<ObjectNode> node = nodes.find(wanted.name());
    return node.isEmpty()
        ? List.of("node " + wanted.name() + " has not registered")
        : NodeChange.of(node.get(), wanted, before).words();
  }

  /**
   * Makes all as wanted in one request, or in none if it is so already.
   *
   * @throws KubeApiException with status 404 if the node has not registered
   */
  public void apply(ClusterNode wanted, NodeMarks before) {
    for (int attempt = 1; ; attempt++) {
      try {
        NodeChange change = NodeChange.of(nodes.require(wanted.name()), wanted, before);
        if (!change.words().isEmpty()) {
          nodes.merge(wanted.name(), change.patch());
        }
        return;
      } catch (KubeApiException e) {
        // A new node is written to by its kubelet and three controllers at the same time.
        if (e.status() != 409 || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
