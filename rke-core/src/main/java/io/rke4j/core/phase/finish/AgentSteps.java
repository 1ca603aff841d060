package io.rke4j.core.phase.finish;

import io.rke4j.api.cluster.AgentsSpec;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.manifest.PlannedAddon;
import io.rke4j.core.phase.DeployAddon;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.addons.Furnished;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Agents: what they log in with, their definitions and rights, then they themselves side by side;
 * they are awaited together. Those that were taken out go with the addons that were.
 *
 * @param furnished the cluster with everything else in it
 * @param agents the agents and what they need, in the order of deployment
 * @param recorded the addons and agents that earlier runs have deployed
 */
record AgentSteps(Furnished furnished, List<PlannedAddon> agents, Set<String> recorded) {

  private static final StepId SAVE = Steps.once(Phase.FINISH, "save-agent-credentials");
  private static final StepId AWAIT = Steps.once(Phase.FINISH, "await-agents");
  private static final StepId FORGET = Steps.once(Phase.FINISH, "forget-old-agent-credentials");
  private static final Set<String> NEEDED = Set.of("rke-agent-crds", "rke-agent-rights");

  AgentSteps {
    agents = List.copyOf(agents);
    recorded = Set.copyOf(recorded);
  }

  /**
   * The steps.
   *
   * @param nodesReady every node that is awaited is ready
   */
  List<Step> steps(Set<StepId> nodesReady) {
    List<Step> steps = new ArrayList<>();
    Set<StepId> ready = Steps.all(furnished.network().ready(), furnished.network().deployed());
    if (!agents.isEmpty()) {
      steps.add(new SaveAgentCredentials(SAVE, ready, spec(), connection()));
      Set<StepId> before = new HashSet<>(Set.of(SAVE));
      for (PlannedAddon agent : agents) {
        Step deploy = deploy(agent, Set.copyOf(before));
        steps.add(deploy);
        if (NEEDED.contains(agent.manifest().name())) {
          before.add(deploy.id());
        }
      }
      Set<StepId> deployed = Steps.ids(steps);
      steps.add(
          new AwaitAgents(
              AWAIT, Steps.all(deployed, nodesReady), agents, spec().patience(), connection()));
      steps.add(new ForgetOldAgentCredentials(FORGET, Set.of(AWAIT), spec(), connection()));
    } else if (!furnished.addons().containsAll(recorded)) {
      Set<StepId> gone = Steps.all(ready, furnished.deployed());
      steps.add(new ForgetOldAgentCredentials(FORGET, gone, spec(), connection()));
    }
    return steps;
  }

  private Step deploy(PlannedAddon agent, Set<StepId> before) {
    return new DeployAddon(
        Steps.once(Phase.FINISH, "deploy-" + agent.manifest().name()),
        before,
        agent,
        furnished.network().cluster().spec().addons().jobTimeout(),
        connection(),
        warning -> {});
  }

  private AgentsSpec spec() {
    return furnished.network().cluster().spec().addons().agents();
  }

  private KubeConnection connection() {
    return furnished.network().connection();
  }
}
