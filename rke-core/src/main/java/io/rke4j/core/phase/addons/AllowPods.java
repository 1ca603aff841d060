package io.rke4j.core.phase.addons;

import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.OperationContext;
import java.util.List;
import java.util.Set;

/**
 * Lets the pods of a namespace run where pods need a PodSecurityPolicy.
 *
 * @param namespace the namespace
 * @param after what must be done before
 * @param connection the cluster's API
 */
record AllowPods(String namespace, Set<StepId> after, KubeConnection connection)
    implements Step.OnCluster {

  @Override
  public StepId id() {
    return Steps.once(Phase.ADDONS, "allow-pods-of-" + namespace);
  }

  @Override
  public String title() {
    return "let the pods of " + namespace + " use the default PodSecurityPolicy";
  }

  @Override
  public Decision inspect() {
    return connection.decide(
        kube -> {
          List<String> differences = kube.api().podSecurity(namespace).differences();
          return differences.isEmpty()
              ? Decision.upToDate()
              : Decision.create(differences.toArray(String[]::new));
        },
        Decision.create("create Role and RoleBinding in " + namespace));
  }

  @Override
  public void apply(OperationContext context) {
    connection.api().podSecurity(namespace).apply();
  }
}
