package io.rke4j.core.phase.machine;

import io.rke4j.api.cluster.VirtualMachine;
import io.rke4j.api.plan.Phase;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.spi.node.NodeDriver;
import java.util.List;

/**
 * A machine for each node that asks for one. Certificates and etcd's member list need the address
 * of every node, so this phase is over before any other begins.
 *
 * @param cluster the cluster, whose nodes may not be located yet
 * @param driver makes machines
 */
public record MachinePhase(Resolved cluster, NodeDriver driver) implements PhaseUnit<Resolved> {

  @Override
  public Phase phase() {
    return Phase.MACHINE;
  }

  @Override
  public List<Step> steps() {
    return cluster.spec().nodes().stream()
        .filter(node -> node.machine() instanceof VirtualMachine)
        .<Step>map(node -> new CreateMachine(node, driver))
        .toList();
  }

  @Override
  public Resolved result() {
    return cluster;
  }
}
