package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.NodeName;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps pods away from a node while it is changed. A mark on the node says that this was done here:
 * a node that a person has cordoned stays so.
 */
public final class NodeRollout {

  static final String MARK = "rke4j.io/cordoned";

  private static final String MARK_POINTER = "/metadata/annotations/rke4j.io~1cordoned";

  private final NodeObjects nodes;

  NodeRollout(NodeObjects nodes) {
    this.nodes = nodes;
  }

  /**
   * How a node stands.
   *
   * @param ready whether Kubernetes calls it ready; not, if it has not registered
   * @param cordoned whether it gets no further pods
   * @param marked whether that was done here
   */
  public record Standing(boolean ready, boolean cordoned, boolean marked) {

    /** Whether it gets further pods. */
    public boolean isOpen() {
      return ready && !cordoned;
    }
  }

  /** How a node stands. */
  public Standing standing(NodeName name) {
    Optional<ObjectNode> node = nodes.find(name);
    return new Standing(
        node.filter(there -> NodeObjects.readiness(name, there, Instant.EPOCH).reached())
            .isPresent(),
        node.filter(NodeRollout::isCordoned).isPresent(),
        node.filter(there -> !there.at(MARK_POINTER).isMissingNode()).isPresent());
  }

  private static boolean isCordoned(ObjectNode node) {
    return node.at("/spec/unschedulable").asBoolean(false);
  }

  /** Lets no further pods onto a node, and marks it. */
  public void cordon(NodeName name) {
    ObjectNode patch = KubeJson.object();
    patch.putObject("metadata").putObject("annotations").put(MARK, "true");
    patch.putObject("spec").put("unschedulable", true);
    nodes.merge(name, patch);
  }

  /** Lets pods onto a node again, and takes the mark away. */
  public void uncordon(NodeName name) {
    ObjectNode patch = KubeJson.object();
    patch.putObject("metadata").putObject("annotations").putNull(MARK);
    patch.putObject("spec").put("unschedulable", false);
    nodes.merge(name, patch);
  }
}
