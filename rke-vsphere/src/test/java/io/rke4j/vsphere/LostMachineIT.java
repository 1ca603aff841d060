package io.rke4j.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NodePool;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.plan.Plan;
import io.rke4j.core.kube.KubeClient;
import io.rke4j.spi.node.Machine;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import io.rke4j.vsphere.internal.vim.Item;
import io.rke4j.vsphere.internal.vim.Kind;
import io.rke4j.vsphere.internal.vim.VCenter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose machine in vSphere does not answer any more. */
class LostMachineIT {

  private static final int SSH_PORT = 2222;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir Path folder;

  private static ClusterSpec spec() {
    return ClusterSpec.named("demo")
        .kubernetes("v1.20.15-rancher2-1")
        .addons(a -> a.withoutDns().withoutIngress().withoutMetrics())
        .node("cp-1", n -> n.machine(2, "4Gi", "20Gi").roles(Role.ETCD, Role.CONTROL_PLANE))
        .pool(
            NodePool.of("w", 2, 2, "4Gi", "20Gi", Role.WORKER)
                .replaceUnreachable(Duration.ofMinutes(10), 1))
        .build();
  }

  @Test
  @Timeout(600)
  void isReplacedByANewOneWithKeysOfItsOwn() throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        SimulatedFleet fleet = SimulatedFleet.builder().hosts(4).sshPort(SSH_PORT).start();
        Guests guests = new Guests(simulator, fleet);
        VCenter center = VsphereDriver.open(simulator.connection());
        VsphereDriver driver = VsphereDriver.connect(simulator.settingsForGuests(SSH_PORT));
        ClusterProvisioner rke =
            ClusterProvisioner.builder()
                .nodeDriver(driver)
                .stateDirectory(folder.resolve("state"))
                .hostKeys(new HostKeyPolicy.Pinned(Map.of()))
                .build()) {
      Cluster cluster = rke.apply(rke.plan(spec())).await(PATIENCE).orElseThrow();
      NodeSpec node = spec().nodes().get(2);
      Machine old = driver.find(node).orElseThrow();
      int machines = machines(center).size();
      lose(fleet, old.address());
      fleet.clusters().get(0).nodeLost("w-2");
      age(cluster, "w-2", Duration.ofMinutes(12));

      Plan plan = rke.plan(spec());
      assertThat(plan.render())
          .contains("- machine/destroy-machine@w-2", "+ machine/create-machine@w-2");
      rke.apply(plan).await(PATIENCE);

      assertThat(guests.failures()).isEmpty();
      Machine made = driver.find(node).orElseThrow();
      assertThat(made.address()).isNotEqualTo(old.address());
      assertThat(made.hostKeys()).isNotEqualTo(old.hostKeys());
      assertThat(machines(center)).hasSize(machines);
      Plan next = rke.plan(spec());
      assertThat(next.isEmpty()).as(next.render()).isTrue();
    }
  }

  private static void lose(SimulatedFleet fleet, String address) {
    SimulatedHost host =
        fleet.hosts().stream()
            .filter(one -> one.address().equals(address))
            .findFirst()
            .orElseThrow();
    host.disconnect();
    host.stopDocker();
  }

  private static void age(Cluster cluster, String node, Duration time) {
    try (KubeClient client = KubeClient.open(cluster.kubeconfig(), Optional.empty())) {
      ObjectNode object = client.read("/api/v1/nodes/" + node);
      String since = Instant.now().minus(time).truncatedTo(ChronoUnit.SECONDS).toString();
      for (JsonNode condition : object.at("/status/conditions")) {
        ((ObjectNode) condition).put("lastTransitionTime", since);
      }
      client.merge("/api/v1/nodes/" + node + "/status", object.retain("status"));
    }
  }

  private static List<Item> machines(VCenter center) {
    return center.vim().items(center.vim().root(), Kind.MACHINE);
  }
}
