package io.rke4j.core.check;

import io.rke4j.api.cluster.Role;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import java.util.Map;

/**
 * A host that is looked at.
 *
 * @param cluster the cluster
 * @param node what the host is to be
 * @param isNew whether no earlier run has made it part of this cluster
 * @param engine what its container engine says
 * @param facts what it says of itself
 * @param ahead how many seconds its clock is ahead of this program's
 */
record Subject(
    Resolved cluster, ClusterNode node, boolean isNew, SeenEngine engine, Facts facts, long ahead) {

  String name() {
    return node.name().value();
  }

  /** Where the host has, or will have, one of the cluster's folders. */
  String folder(String usual) {
    return cluster.prefix(engine.facts()).below(usual);
  }

  /** How much of its disk, in KiB, the images will take that it does not have yet. */
  long roomForImages() {
    return ImageSizes.kib(cluster, node).entrySet().stream()
        .filter(image -> engine.missing().contains(image.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  boolean is(Role role) {
    return node.has(role);
  }
}
