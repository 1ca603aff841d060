package io.rke4j.core.phase.pki;

import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.Later;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.node.Fleet;
import io.rke4j.core.pki.CertificateBundle;
import java.util.Set;

/**
 * A fleet with certificates that are saved.
 *
 * @param fleet the hosts
 * @param certificates the certificates, once they are issued and saved
 * @param encryption how Secrets are encrypted
 */
public record Secured(Fleet fleet, Later<CertificateBundle> certificates, Encryption encryption) {

  /** The cluster. */
  public Resolved cluster() {
    return fleet.cluster();
  }

  /** All certificates are issued and saved. */
  public StepId issued() {
    return Steps.once(Phase.PKI, "issue-certificates");
  }

  /** Every key that goes to a host is saved. */
  public Set<StepId> saved() {
    return encryption.concerns() ? Set.of(issued(), SaveEncryption.ID) : Set.of(issued());
  }
}
