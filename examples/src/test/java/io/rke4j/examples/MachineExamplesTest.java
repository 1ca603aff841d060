package io.rke4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodePool;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.spi.node.Machine;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import io.rke4j.vsphere.Guests;
import io.rke4j.vsphere.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MachineExamplesTest {

  private static final int SSH_PORT = 2222;

  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void aDriverOfOnesOwnGivesAClusterItsHosts() throws Exception {
    try (SimulatedFleet fleet = SimulatedFleet.of(2)) {
      List<Machine> rack = fleet.hosts().stream().map(MachineExamplesTest::machine).toList();
      CustomNodeDriver driver = new CustomNodeDriver(rack, folder.resolve("book"));
      ClusterSpec spec =
          ClusterSpec.named("own")
              .kubernetes("v1.20.15-rancher2-1")
              .pool(NodePool.of("n", 2, 2, "4Gi", "20Gi", Role.values()))
              .build();
      try (ClusterProvisioner rke =
          ClusterProvisioner.builder()
              .nodeDriver(driver)
              .hostKeys(new HostKeyPolicy.Pinned(Map.of()))
              .stateDirectory(folder.resolve("state"))
              .build()) {
        Cluster cluster = rke.apply(rke.plan(spec)).await(Duration.ofMinutes(1)).orElseThrow();

        assertThat(cluster.nodes()).hasSize(2);
        assertThat(rke.plan(spec).isEmpty()).isTrue();
        assertThat(rke.apply(rke.planRemoval(spec)).await(Duration.ofMinutes(1))).isEmpty();
        assertThat(spec.nodes()).allSatisfy(node -> assertThat(driver.find(node)).isEmpty());
      }
    }
  }

  private static Machine machine(SimulatedHost host) {
    return new Machine(
        NodeName.of(host.name()),
        host.address(),
        host.address(),
        new SshAccess(host.user(), host.port(), SshKey.text(Secret.of(host.privateKey()))),
        "/var/run/docker.sock",
        List.of(host.knownHostsLine().split(" ", 2)[1]));
  }

  @Test
  void theClusterInVsphereHasThreeMastersAndItsWorkers() {
    assertThat(VsphereHaCluster.spec(2).nodes())
        .extracting(node -> node.name().value())
        .containsExactly("master-1", "master-2", "master-3", "worker-1", "worker-2");
  }

  @Test
  @Timeout(240)
  void theClusterInVsphereIsBuiltFromNothingOnASimulator() throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        SimulatedFleet fleet = SimulatedFleet.builder().hosts(4).sshPort(SSH_PORT).start();
        Guests guests = new Guests(simulator, fleet)) {
      Cluster cluster =
          VsphereHaCluster.build(simulator.template("rke", SSH_PORT), 1, folder.resolve("state"));

      assertThat(guests.failures()).isEmpty();
      assertThat(cluster.nodes())
          .extracting(NodeName::value)
          .containsExactly("master-1", "master-2", "master-3", "worker-1");
    }
  }

  @Test
  void aTemplateThatSaysTooLittleIsRefusedWithAllThatIsMissing() throws Exception {
    Path file = Files.writeString(folder.resolve("template"), "vcenter=vc.example\ncolour=green\n");

    assertThat(
            catchThrowableOfType(
                    InvalidSpecException.class,
                    () -> VsphereHaCluster.build(VsphereHaCluster.template(file), 1, folder))
                .problems())
        .extracting(problem -> problem.path())
        .contains("clusterName", "username", "password", "cloneFrom", "colour");
  }
}
