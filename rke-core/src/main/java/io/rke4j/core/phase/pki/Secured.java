package io.rke4j.core.phase.pki;

import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.Later;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.node.Fleet;
import io.rke4j.core.pki.CertificateBundle;

/**
 * A fleet with certificates that are saved.
 *
 * @param fleet the hosts
 * @param certificates the certificates, once they are issued and saved
 */
public record Secured(Fleet fleet, Later<CertificateBundle> certificates) {

  /** The cluster. */
  public Resolved cluster() {
    return fleet.cluster();
  }

  /** All certificates are issued and saved. */
  public StepId issued() {
    return Steps.once(Phase.PKI, "issue-certificates");
  }
}
