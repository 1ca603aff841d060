package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.check.CheckReport;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.plan.Plan;
import io.rke4j.core.kube.KubeApi;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cluster from nothing to its end, by the code of production and in this process alone. */
class SimulatedClusterTest {

  private static final String FLEX_VOLUMES = "/usr/libexec/kubernetes/kubelet-plugins/volume/exec/";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path folder;

  private static ClusterSpec spec(SimulatedFleet fleet, String version, String shape) {
    ClusterSpec.Builder builder = ClusterSpec.named("simulated").kubernetes(version);
    List<String> roles = List.of(shape.split("\\|", -1));
    for (int index = 0; index < roles.size(); index++) {
      SimulatedHost host = fleet.host(index);
      String letters = roles.get(index);
      builder.node(
          host.name(),
          n -> {
            n.address(host.address()).user(host.user()).port(host.port());
            n.sshKey(Secret.of(host.privateKey()));
            letters.chars().forEach(letter -> n.roles(role(letter)));
          });
    }
    return builder.build();
  }

  private static Role role(int letter) {
    return switch (letter) {
      case 'e' -> Role.ETCD;
      case 'c' -> Role.CONTROL_PLANE;
      default -> Role.WORKER;
    };
  }

  private static Set<String> files(SimulatedHost host) {
    return host.files().below("/").keySet().stream()
        // The engine's own, and snapshots, which a removal keeps.
        .filter(path -> !path.startsWith("/var/lib/docker") && !path.startsWith("/opt/rke"))
        // Empty: Docker makes it for a mount of the container that cleans.
        .filter(path -> !FLEX_VOLUMES.startsWith(path + "/"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @CsvSource({
    "v1.20.15-rancher2-1, ecw|ecw|ecw",
    "v1.20.15-rancher2-1, ec|w|w",
    "v1.30.14-rancher1-1, e|c|w"
  })
  @Timeout(240)
  void aClusterIsBuiltChangesNothingMoreAndGoesWithoutATrace(String version, String shape)
      throws Exception {
    try (SimulatedFleet fleet = SimulatedFleet.of(3);
        ClusterProvisioner rke =
            ClusterProvisioner.builder()
                .stateDirectory(folder.resolve("state"))
                .hostKeys(new HostKeyPolicy.Pinned(fleet.fingerprints()))
                .build()) {
      List<Set<String>> before = fleet.hosts().stream().map(SimulatedClusterTest::files).toList();
      ClusterSpec spec = spec(fleet, version, shape);
      CheckReport report = rke.check(spec);
      assertThat(report.blocks()).as("%s", report.render()).isFalse();

      Cluster cluster = rke.apply(rke.plan(spec)).await(PATIENCE).orElseThrow();

      for (SimulatedHost host : fleet.hosts()) {
        assertThat(host.docker().containers().find("kubelet")).isPresent();
      }
      try (KubeApi api = KubeApi.open(cluster.kubeconfig())) {
        for (SimulatedHost host : fleet.hosts()) {
          assertThat(api.nodeReady(NodeName.of(host.name())).reached()).isTrue();
        }
      }
      Plan second = rke.plan(spec);
      assertThat(second.isEmpty()).as("%s", second.render()).isTrue();

      assertThat(rke.apply(rke.planRemoval(spec)).await(PATIENCE)).isEmpty();

      for (SimulatedHost host : fleet.hosts()) {
        assertThat(host.docker().containers().all()).isEmpty();
        assertThat(host.docker().machine().listeningPorts()).isEmpty();
      }
      assertThat(fleet.hosts().stream().map(SimulatedClusterTest::files).toList())
          .isEqualTo(before);
    }
  }
}
