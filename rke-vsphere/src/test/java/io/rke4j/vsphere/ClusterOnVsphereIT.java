package io.rke4j.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.plan.Plan;
import io.rke4j.core.kube.KubeApi;
import io.rke4j.testkit.RecordingListener;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.vsphere.internal.keys.KeyFolder;
import io.rke4j.vsphere.internal.vim.Item;
import io.rke4j.vsphere.internal.vim.Kind;
import io.rke4j.vsphere.internal.vim.VCenter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole cluster from an empty vCenter: the production code, and nothing but its world is made.
 */
class ClusterOnVsphereIT {

  private static final int SSH_PORT = 2222;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  private static ClusterSpec ofWorkers(int size) {
    return ClusterSpec.named("demo")
        .kubernetes("v1.20.15-rancher2-1")
        .node("cp-1", n -> n.machine(2, "4Gi", "20Gi").roles(Role.ETCD, Role.CONTROL_PLANE))
        .pool("w", size, n -> n.machine(2, "4Gi", "20Gi").roles(Role.WORKER))
        .build();
  }

  @Test
  @Timeout(240)
  void aClusterIsBuiltFromNothingItsPoolGrowsAndShrinksAndTheMachinesGoWithIt() throws Exception {
    RecordingListener seen = new RecordingListener();
    try (Simulator simulator = Simulator.start(folder);
        SimulatedFleet fleet = SimulatedFleet.builder().hosts(6).sshPort(SSH_PORT).start();
        Guests guests = new Guests(simulator, fleet);
        VCenter center = VsphereDriver.open(simulator.connection());
        VsphereDriver driver = VsphereDriver.connect(simulator.settingsForGuests(SSH_PORT));
        ClusterProvisioner rke =
            ClusterProvisioner.builder()
                .nodeDriver(driver)
                .stateDirectory(folder.resolve("state"))
                // Nobody but the driver vouches for any host.
                .hostKeys(new HostKeyPolicy.Pinned(Map.of()))
                .listener(seen)
                .build()) {
      List<Item> before = machines(center);
      StringBuilder plans = new StringBuilder();

      for (int size : new int[] {3, 5, 2}) {
        ClusterSpec spec = ofWorkers(size);
        Plan plan = rke.plan(spec);
        plans.append(plan.render());
        if (size == 2) {
          assertThat(plan.render())
              .contains("evict those it has", "delete the node from Kubernetes")
              .contains("destroy the machine");
        }
        Cluster cluster = rke.apply(plan).await(PATIENCE).orElseThrow();

        assertThat(guests.failures()).isEmpty();
        assertThat(machines(center)).hasSize(before.size() + 1 + size);
        try (KubeApi api = KubeApi.open(cluster.kubeconfig())) {
          for (int number = 1; number <= 5; number++) {
            NodeName node = NodeName.of("w-" + number);
            assertThat(api.hasNode(node)).isEqualTo(number <= size);
            assertThat(api.nodeReady(node).reached()).isEqualTo(number <= size);
          }
        }
        Plan next = rke.plan(spec);
        assertThat(next.isEmpty()).as(next.render()).isTrue();
      }

      assertThat(seen.events(ProvisionEvent.NodeRemoved.class))
          .extracting(ProvisionEvent.NodeRemoved::node)
          .containsExactlyInAnyOrder("w-3", "w-4", "w-5");
      assertThat(simulator.seeds()).hasSize(3);
      String keys = privateKeys(simulator);
      assertThat(keys).hasLineCount(4);
      assertThat(keys.lines()).noneMatch(key -> (seen.text() + plans).contains(key));
      assertThat(files(simulator.keyFolder()))
          .containsExactly("host-cp-1", "host-w-1", "host-w-2", "id_ecdsa");

      assertThat(rke.apply(rke.planRemoval(ofWorkers(2))).await(PATIENCE)).isEmpty();

      assertThat(machines(center)).isEqualTo(before);
      assertThat(simulator.seeds()).isEmpty();
      assertThat(files(simulator.keyFolder())).containsExactly("id_ecdsa");
      seen.assertWellFormed();
    }
  }

  private static List<Item> machines(VCenter center) {
    return center.vim().items(center.vim().root(), Kind.MACHINE);
  }

  /** Of each private key the line that has its number. */
  private static String privateKeys(Simulator simulator) throws Exception {
    StringBuilder lines = new StringBuilder();
    KeyFolder keys = new KeyFolder(simulator.keyFolder());
    for (String file : files(keys.path())) {
      lines.append(Files.readAllLines(keys.path().resolve(file)).get(6)).append('\n');
    }
    return lines.toString().strip();
  }

  private static List<String> files(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
