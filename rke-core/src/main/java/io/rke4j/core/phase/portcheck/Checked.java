package io.rke4j.core.phase.portcheck;

import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.phase.node.Fleet;
import io.rke4j.core.phase.pki.Secured;
import java.util.Set;

/**
 * A fleet whose nodes were seen to reach each other.
 *
 * @param secured the hosts and their certificates
 * @param probed every check has passed
 * @param closed every listener is gone, and its port free again
 */
public record Checked(Secured secured, Set<StepId> probed, Set<StepId> closed) {

  /** Copies the sets. */
  public Checked {
    probed = Set.copyOf(probed);
    closed = Set.copyOf(closed);
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
