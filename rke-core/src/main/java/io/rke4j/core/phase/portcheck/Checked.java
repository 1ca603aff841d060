package io.rke4j.core.phase.portcheck;

import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.phase.node.Fleet;
import io.rke4j.core.phase.pki.Secured;
import io.rke4j.core.render.PortListener;
import java.util.Set;

/**
 * A fleet whose nodes were seen to reach each other.
 *
 * @param secured the hosts and their certificates
 * @param probed every check has passed; empty if there was nothing to check
 */
public record Checked(Secured secured, Set<StepId> probed) {

  /** Copies the set. */
  public Checked {
    probed = Set.copyOf(probed);
  }

  /** The checks have passed, and nothing listens any more where this node's component will. */
  public Set<StepId> freed(ClusterNode node, PortListener listener) {
    return probed.isEmpty() || !node.has(listener.role())
        ? probed
        : Set.of(CloseListener.id(node.name(), listener));
  }

  /** The hosts. */
  public Fleet fleet() {
    return secured.fleet();
  }

  /** The cluster. */
  public Resolved cluster() {
    return secured.cluster();
  }
}
