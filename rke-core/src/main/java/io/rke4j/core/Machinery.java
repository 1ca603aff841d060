package io.rke4j.core;

import io.rke4j.api.cluster.DockerSpec;
import io.rke4j.core.phase.machine.MachineShell;
import io.rke4j.core.phase.machine.ReadyMachines;
import io.rke4j.core.phase.machine.Replacements;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.node.NodeDriver;
import java.util.Optional;
import java.util.function.Function;

/**
 * How machines come to be what the rest of a run works on.
 *
 * @param driver makes them
 * @param shell reaches them before they have an engine
 * @param ready knows those that have one
 * @param replacements those that are lost; for shell and ready they are not there
 */
record Machinery(
    NodeDriver driver, MachineShell shell, ReadyMachines ready, Replacements replacements) {

  static Machinery of(
      NodeDriver driver,
      DockerSpec docker,
      Function<Machine, NodeConnection> connector,
      Replacements replacements) {
    MachineShell shell = new MachineShell(replacements.without(driver), connector);
    return new Machinery(driver, shell, new ReadyMachines(docker, shell), replacements);
  }

  /** Reaches nothing. */
  static Machinery offline(NodeDriver driver, Replacements none) {
    MachineShell shell =
        new MachineShell(
            node -> Optional.empty(),
            machine -> {
              throw new IllegalStateException("an offline plan reaches no host");
            });
    return new Machinery(driver, shell, new ReadyMachines(DockerSpec.NONE, shell), none);
  }
}
