package io.rke4j.core.phase.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.DockerInstall;
import io.rke4j.api.cluster.DockerSpec;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.Clusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadyMachinesTest {

  private static final Resolved HOST = Clusters.single();
  private static final Resolved MACHINE =
      new Resolved(
          HOST.spec(),
          HOST.release(),
          List.of(
              new ClusterNode(
                  ScriptedMachine.NODE, ScriptedMachine.ADDRESS, ScriptedMachine.ADDRESS)));

  private static final Set<NodeName> BEGUN = Set.of(spec(HOST).name(), ScriptedMachine.NODE.name());

  private final ScriptedMachine machine = new ScriptedMachine();
  private final ReadyMachines machines =
      new ReadyMachines(
          new DockerSpec(new DockerInstall.Distribution("20.10"), Map.of(), Optional.empty(), true),
          machine.shell());

  @Test
  void whatHasNoEngineHasNothingToBeCleaned() {
    assertThat(machines.withRemains(HOST, BEGUN).located().nodes()).isEmpty();
    assertThat(machines.withRemains(MACHINE, BEGUN).located().nodes()).isEmpty();
    assertThat(machines.find(spec(HOST))).isEmpty();
  }

  @Test
  void aHostWhoseEngineIsStoppedIsNotTakenForOneThatNeverHadAny() {
    machine.installed = true;

    assertThat(machines.find(spec(HOST))).as("to build on").isEmpty();
    assertThat(machines.withRemains(HOST, BEGUN).located().nodes()).isEqualTo(HOST.nodes());
    assertThat(machines.find(spec(HOST))).as("to clean").isPresent();
  }

  @Test
  void aHostThatNoRunHasBegunNeedNotBeCleaned() {
    machine.installed = true;

    assertThat(machines.withRemains(HOST, Set.of()).located().nodes()).isEmpty();
  }

  @Test
  void aMachineWhoseEngineNeverCameUpIsOnlyDestroyed() {
    machine.installed = true;

    assertThat(machines.withRemains(MACHINE, BEGUN).located().nodes()).isEmpty();
  }

  private static NodeSpec spec(Resolved cluster) {
    return cluster.nodes().get(0).spec();
  }
}
