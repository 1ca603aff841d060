package io.rke4j.core.kube;

import io.rke4j.api.cluster.Taint;
import java.util.List;
import java.util.Map;

/**
 * Labels and taints that the user gave a node earlier: what of them is no longer wanted is taken
 * away, while those that others gave the node stay.
 *
 * @param labels earlier labels
 * @param taints earlier taints
 */
public record NodeMarks(Map<String, String> labels, List<Taint> taints) {

  /** Copies the collections. */
  public NodeMarks {
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
  }

  /** None, as on a new node. */
  public static NodeMarks none() {
    return new NodeMarks(Map.of(), List.of());
  }
}
