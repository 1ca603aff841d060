package io.rke4j.core.phase.files;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.phase.node.Fleet;
import io.rke4j.core.phase.pki.Secured;
import io.rke4j.core.phase.portcheck.Checked;
import java.util.Set;

/**
 * A fleet whose hosts have their certificates and configuration files.
 *
 * @param checked the hosts, seen to reach each other
 */
public record Equipped(Checked checked) {

  /** The hosts and their certificates. */
  public Secured secured() {
    return checked.secured();
  }

  /** The hosts. */
  public Fleet fleet() {
    return checked.fleet();
  }

  /** The cluster. */
  public Resolved cluster() {
    return checked.cluster();
  }

  /** All files are on the host. */
  public Set<StepId> placed(NodeName node) {
    return Set.of(FilesPhase.placeCertificates(node), FilesPhase.placeConfiguration(node));
  }
}
