package io.rke4j.core.phase.finish;

import io.rke4j.api.cluster.AgentsSpec;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.kube.WantedObjects;
import io.rke4j.core.manifest.Agents;
import io.rke4j.spi.OperationContext;
import java.util.List;
import java.util.Set;

/**
 * Keeps in the cluster what agents log in with, so that it stands in no manifest.
 *
 * @param id names the step
 * @param after what must be done before
 * @param agents the agents
 * @param connection the cluster's API
 */
record SaveAgentCredentials(
    StepId id, Set<StepId> after, AgentsSpec agents, KubeConnection connection)
    implements Step.OnCluster {

  @Override
  public String title() {
    return "save what agents log in with";
  }

  @Override
  public Decision inspect() {
    return connection.decide(
        kube -> {
          List<String> differences = objects(kube).differences();
          return differences.isEmpty()
              ? Decision.upToDate()
              : Decision.create(differences.toArray(String[]::new));
        },
        Decision.create("save Secret " + Agents.NAMESPACE + "/" + Agents.credentials(agents)));
  }

  private WantedObjects objects(KubeConnection kube) {
    return kube.api()
        .agentCredentials(Agents.NAMESPACE)
        .wanted(Agents.credentials(agents), agents.server(), agents.token());
  }

  @Override
  public void apply(OperationContext context) {
    objects(connection).apply();
  }
}
