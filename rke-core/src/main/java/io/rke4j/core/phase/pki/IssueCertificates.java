package io.rke4j.core.phase.pki;

import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.Later;
import io.rke4j.core.engine.Step;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.pki.CertificateIssuer;
import io.rke4j.core.pki.IssuePlan;
import io.rke4j.core.state.ClusterMemory;
import io.rke4j.spi.OperationContext;
import java.util.Set;

/**
 * Issues the certificates that are missing or no longer fit, and saves them.
 *
 * @param id names the step
 * @param cluster the cluster
 * @param issuer issues certificates
 * @param memory where they are kept
 * @param certificates where later steps find them
 */
record IssueCertificates(
    StepId id,
    Resolved cluster,
    CertificateIssuer issuer,
    ClusterMemory memory,
    Later<CertificateBundle> certificates)
    implements Step.OnCluster {

  @Override
  public String title() {
    return "issue certificates and save them";
  }

  @Override
  public Set<StepId> after() {
    return Set.of();
  }

  @Override
  public Decision inspect() {
    IssuePlan plan = issuer.plan(cluster, memory.certificates());
    if (plan.isEmpty()) {
      certificates.bring(memory.certificates());
      return Decision.upToDate();
    }
    return memory.certificates().isEmpty()
        ? Decision.create(plan.lines().toArray(String[]::new))
        : Decision.replace(plan.lines());
  }

  @Override
  public void apply(OperationContext context) {
    CertificateBundle issued = issuer.issue(cluster, memory.certificates(), context.cancellation());
    memory.remember(cluster, issued);
    certificates.bring(issued);
  }
}
