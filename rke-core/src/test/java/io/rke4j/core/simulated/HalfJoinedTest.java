package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.check.Finding;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.event.ProvisionEvent.StepStarted;
import io.rke4j.core.QuickProvisioner;
import io.rke4j.testkit.RecordingListener;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host that was there joins a cluster that runs, and the run does not come to its end. */
@Timeout(240)
class HalfJoinedTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final RecordingListener seen = new RecordingListener();

  @TempDir private Path folder;

  @Test
  void whatSuchARunHasLeftIsNotTakenForAnotherCluster() throws Exception {
    try (SimulatedFleet fleet = SimulatedFleet.of(2);
        ClusterProvisioner rke = provisioner(fleet)) {
      rke.apply(rke.plan(cluster("ours", fleet.host(0)))).await(PATIENCE);
      ClusterSpec both = cluster("ours", fleet.host(0), fleet.host(1));

      interruptAt("run-kube-proxy@" + fleet.host(1).name(), rke, both);

      assertThat(fleet.host(1).docker().containers().find("kubelet")).isPresent();
      assertThat(ofAnotherCluster(rke, both)).isEmpty();
    }
  }

  @Test
  void anotherClusterIsStillSeenOnAHostThatSuchARunHasNotComeTo() throws Exception {
    try (SimulatedFleet fleet = SimulatedFleet.of(2);
        ClusterProvisioner rke = provisioner(fleet)) {
      rke.apply(rke.plan(cluster("ours", fleet.host(0)))).await(PATIENCE);
      rke.apply(rke.plan(cluster("theirs", fleet.host(1)))).await(PATIENCE);
      ClusterSpec both = cluster("ours", fleet.host(0), fleet.host(1));

      interruptAt("", rke, both);

      assertThat(ofAnotherCluster(rke, both))
          .contains("other-cluster@" + fleet.host(1).name())
          .noneMatch(found -> found.endsWith(fleet.host(0).name()));
    }
  }

  private static List<String> ofAnotherCluster(ClusterProvisioner rke, ClusterSpec spec) {
    return rke.check(spec).findings().stream()
        .filter(finding -> finding.check().matches("other-cluster|leftover-.*"))
        .map(HalfJoinedTest::place)
        .toList();
  }

  private static String place(Finding finding) {
    return finding.check() + "@" + finding.host();
  }

  private void interruptAt(String step, ClusterProvisioner rke, ClusterSpec spec) throws Exception {
    Interruption.at(
        event -> event instanceof StepStarted it && it.step().toString().endsWith(step),
        rke,
        spec,
        seen);
  }

  private ClusterProvisioner provisioner(SimulatedFleet fleet) {
    return QuickProvisioner.builder(fleet).stateDirectory(folder).listener(seen).build();
  }

  private static ClusterSpec cluster(String name, SimulatedHost... hosts) {
    ClusterSpec.Builder spec =
        ClusterSpec.named(name)
            .kubernetes("v1.20.15-rancher2-1")
            .addons(a -> a.withoutDns().withoutIngress().withoutMetrics())
            .network(network -> network.plugin("flannel"));
    for (SimulatedHost host : hosts) {
      Role[] roles = host.equals(hosts[0]) ? Role.values() : new Role[] {Role.WORKER};
      spec.node(host.name(), host.withRoles(roles));
    }
    return spec.build();
  }
}
