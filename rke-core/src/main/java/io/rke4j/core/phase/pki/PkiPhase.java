package io.rke4j.core.phase.pki;

import io.rke4j.api.plan.Phase;
import io.rke4j.core.engine.Later;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.phase.node.Fleet;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.pki.CertificateIssuer;
import io.rke4j.core.state.ClusterMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Certificates, issued while the hosts are connected and saved before anything is put on one.
 *
 * @param fleet the hosts
 * @param issuer issues certificates
 * @param memory where they are kept
 * @param certificates where later phases find them
 */
public record PkiPhase(
    Fleet fleet,
    CertificateIssuer issuer,
    ClusterMemory memory,
    Later<CertificateBundle> certificates)
    implements PhaseUnit<Secured> {

  @Override
  public Phase phase() {
    return Phase.PKI;
  }

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    steps.add(
        new IssueCertificates(result().issued(), fleet.cluster(), issuer, memory, certificates));
    if (result().encryption().concerns()) {
      steps.add(new SaveEncryption(Set.of(result().issued()), result().encryption()));
    }
    return steps;
  }

  @Override
  public Secured result() {
    return new Secured(fleet, certificates, new Encryption(fleet.cluster(), memory));
  }
}
