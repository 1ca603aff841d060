package io.rke4j.core.phase.prepare;

import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.Step;
import io.rke4j.core.pki.CertificateIssuer;
import io.rke4j.core.state.ClusterMemory;
import io.rke4j.spi.OperationContext;
import java.util.Set;

/**
 * Issues the keys and certificates of a cluster that has none, and saves them.
 *
 * @param id names the step
 * @param after what must be done before
 * @param cluster the cluster
 * @param issuer issues certificates
 * @param memory where they are kept
 */
record SaveKeys(
    StepId id, Set<StepId> after, Resolved cluster, CertificateIssuer issuer, ClusterMemory memory)
    implements Step.OnCluster {

  @Override
  public String title() {
    return "issue the first keys and save them";
  }

  @Override
  public Decision inspect() {
    return memory.hasKeys()
        ? Decision.upToDate()
        : Decision.create("issue all keys and certificates, and save them");
  }

  @Override
  public void apply(OperationContext context) {
    memory.remember(cluster, issuer.issue(cluster, memory.certificates(), context.cancellation()));
  }
}
