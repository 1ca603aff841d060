package io.rke4j.core.phase.machine;

import io.rke4j.api.cluster.DockerInstall;
import io.rke4j.api.cluster.DockerSpec;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.VirtualMachine;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.spi.node.NodeDriver;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A machine for each node that asks for one, and Docker Engine on those that are to get it.
 * Certificates and etcd's member list need the address of every node, and all else needs the
 * engine, so this phase is over before any other begins.
 *
 * @param cluster the cluster, whose nodes may not be located yet
 * @param driver makes machines
 * @param shell reaches them
 * @param clock tells how long certificates are good for
 * @param replacements the machines that are replaced
 */
public record MachinePhase(
    Resolved cluster, NodeDriver driver, MachineShell shell, Clock clock, Replacements replacements)
    implements PhaseUnit<Resolved> {

  @Override
  public Phase phase() {
    return Phase.MACHINE;
  }

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    Map<NodeName, Set<StepId>> turns = replacements.turns(cluster.spec().nodes());
    for (NodeSpec node : cluster.spec().nodes()) {
      Set<StepId> before = Set.of();
      if (node.machine() instanceof VirtualMachine) {
        if (replacements.names().contains(node.name())) {
          Set<StepId> turn = turns.getOrDefault(node.name(), Set.of());
          steps.add(new DestroyLostMachine(node, turn, driver, replacements));
          steps.add(new DeleteLostNode(node.name(), replacements));
          before = Set.of(DeleteLostNode.id(node.name()));
        }
        Step create = new CreateMachine(node, before, driver, shell, replacements);
        steps.add(create);
        before = Set.of(create.id());
      }
      steps.addAll(docker(node, before));
    }
    return steps;
  }

  private List<Step> docker(NodeSpec node, Set<StepId> before) {
    DockerSpec docker = cluster.spec().runtime().docker();
    List<Step> steps = new ArrayList<>();
    if (!docker.concerns(node)) {
      return steps;
    }
    Set<StepId> installed = before;
    if (!(docker.install() instanceof DockerInstall.None)) {
      steps.add(new InstallDocker(node, docker.install(), before, shell));
      installed = Set.of(InstallDocker.id(node.name()));
    }
    if (docker.isConfigured()) {
      steps.add(new ConfigureDocker(node, docker, installed, shell, clock));
    }
    return steps;
  }

  @Override
  public Resolved result() {
    return cluster;
  }
}
