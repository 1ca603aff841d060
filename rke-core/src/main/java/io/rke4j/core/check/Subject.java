package io.rke4j.core.check;

import io.rke4j.api.cluster.Role;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.Set;

/**
 * A host that is looked at.
 *
 * @param cluster the cluster
 * @param node what the host is to be
 * @param isNew whether no earlier run has made it part of this cluster
 * @param engine what its container engine says
 * @param containers the names of its containers
 * @param facts what it says of itself
 * @param ahead how many seconds its clock is ahead of this program's
 */
record Subject(
    Resolved cluster,
    ClusterNode node,
    boolean isNew,
    EngineFacts engine,
    Set<String> containers,
    Facts facts,
    long ahead) {

  Subject {
    containers = Set.copyOf(containers);
  }

  String name() {
    return node.name().value();
  }

  boolean is(Role role) {
    return node.has(role);
  }
}
