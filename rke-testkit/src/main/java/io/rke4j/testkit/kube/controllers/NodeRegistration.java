package io.rke4j.testkit.kube.controllers;

import java.util.List;
import java.util.Map;

/**
 * How a kubelet registers its node.
 *
 * @param name the node
 * @param address its internal address
 * @param labels labels of its own, beside those that every node has
 * @param taints taints that it has from the start, for example {@code dedicated=gpu:NoSchedule}
 * @param kubeletVersion for example {@code v1.20.15}
 * @param runtime for example {@code docker://20.10.24}
 */
public record NodeRegistration(
    String name,
    String address,
    Map<String, String> labels,
    List<String> taints,
    String kubeletVersion,
    String runtime) {

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if a taint has no effect
   */
  public NodeRegistration {
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
    for (String taint : taints) {
      if (!taint.matches("[^:=]+(=[^:]*)?:(NoSchedule|PreferNoSchedule|NoExecute)")) {
        throw new IllegalArgumentException(
            "'" + taint + "' is no taint; one is dedicated=gpu:NoSchedule, for example");
      }
    }
  }
}
