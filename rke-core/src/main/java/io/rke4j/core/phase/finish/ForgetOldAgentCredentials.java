package io.rke4j.core.phase.finish;

import io.rke4j.api.cluster.AgentsSpec;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.AgentCredentials;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.manifest.Agents;
import io.rke4j.spi.OperationContext;
import java.util.List;
import java.util.Set;

/**
 * Deletes what agents logged in with before they got other credentials, or were taken out.
 *
 * @param id names the step
 * @param after what must be done before
 * @param agents the agents; perhaps none
 * @param connection the cluster's API
 */
record ForgetOldAgentCredentials(
    StepId id, Set<StepId> after, AgentsSpec agents, KubeConnection connection)
    implements Step.OnCluster {

  @Override
  public String title() {
    return "delete what agents no longer log in with";
  }

  @Override
  public Decision inspect() {
    return connection.decide(
        kube -> {
          List<String> others = others(kube.api().agentCredentials(Agents.NAMESPACE));
          return others.isEmpty()
              ? Decision.upToDate()
              : Decision.followUp(
                  others.stream().map(name -> "delete Secret " + name).toArray(String[]::new));
        },
        Decision.followUp("see that there are no credentials that nobody uses"));
  }

  private List<String> others(AgentCredentials credentials) {
    return credentials.others(agents.agents().isEmpty() ? "" : Agents.credentials(agents));
  }

  @Override
  public void apply(OperationContext context) {
    AgentCredentials credentials = connection.api().agentCredentials(Agents.NAMESPACE);
    others(credentials).forEach(credentials::delete);
  }
}
