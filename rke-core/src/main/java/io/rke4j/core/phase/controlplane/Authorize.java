package io.rke4j.core.phase.controlplane;

import io.rke4j.api.cluster.AuthorizationMode;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.spi.OperationContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Gives kubelets, the API server and deploy Jobs the rights that they need.
 *
 * @param id names the step
 * @param after what must be done before
 * @param connection the cluster's API
 * @param mode how rights are decided
 * @param podSecurityPolicy whether pods need a policy that allows them
 * @param deployer whether deploy Jobs get theirs here
 */
record Authorize(
    StepId id,
    Set<StepId> after,
    KubeConnection connection,
    AuthorizationMode mode,
    boolean podSecurityPolicy,
    boolean deployer)
    implements Step.OnCluster {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public String title() {
    return "create the roles and bindings that the cluster needs";
  }

  @Override
  public Decision inspect() {
    return connection.decide(
        kube -> {
          List<String> differences =
              kube.api().authorization(mode, podSecurityPolicy, deployer).differences();
          return differences.isEmpty()
              ? Decision.upToDate()
              : Decision.create(differences.toArray(String[]::new));
        },
        Decision.create(
            "create ServiceAccount rke-job-deployer and the bindings of nodes and API server"));
  }

  @Override
  public void apply(OperationContext context) {
    context.waitUntil("the API server to be ready", PATIENCE, () -> connection.api().ready());
    connection.api().authorization(mode, podSecurityPolicy, deployer).apply();
  }
}
