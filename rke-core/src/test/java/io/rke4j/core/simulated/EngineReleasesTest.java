package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.check.CheckReport;
import io.rke4j.api.check.Finding;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.error.RkeException;
import io.rke4j.core.QuickProvisioner;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clusters on hosts with engines of several years. */
@Timeout(240)
class EngineReleasesTest {

  @TempDir private Path folder;

  private static ClusterSpec.Builder spec(SimulatedFleet fleet, String kubernetes) {
    SimulatedHost host = fleet.host(0);
    return ClusterSpec.named("engines")
        .kubernetes(kubernetes)
        .network(network -> network.plugin("flannel"))
        .node(host.name(), host.withRoles(Role.values()));
  }

  private ClusterProvisioner provisioner(SimulatedFleet fleet) {
    return QuickProvisioner.builder(fleet).stateDirectory(folder).build();
  }

  @ParameterizedTest
  @CsvSource({
    "20.10.24, v1.20.15-rancher2-1",
    "28.5.1, v1.20.15-rancher2-1",
    "28.5.1, v1.30.14-rancher1-1"
  })
  void aClusterIsBuiltAndNothingIsLeftToDo(String engine, String kubernetes) throws Exception {
    try (SimulatedFleet fleet = SimulatedFleet.builder().engine(engine).start();
        ClusterProvisioner rke = provisioner(fleet)) {
      ClusterSpec spec = spec(fleet, kubernetes).anyEngineVersion().build();
      CheckReport report = rke.check(spec);
      assertThat(report.findings()).isEmpty();
      rke.apply(rke.plan(spec)).await(Duration.ofMinutes(3));
      assertThat(rke.plan(spec).isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"28.5.1, v1.20.15-rancher2-1", "17.3.2, v1.20.15-rancher2-1"})
  void anEngineThatAVersionWasNotReleasedForIsNamed(String engine, String kubernetes) {
    try (SimulatedFleet fleet = SimulatedFleet.builder().engine(engine).start();
        ClusterProvisioner rke = provisioner(fleet)) {
      ClusterSpec spec = spec(fleet, kubernetes).build();
      assertThat(rke.check(spec).findings())
          .extracting(Finding::check)
          .containsExactly("engine-version");
      assertThatThrownBy(() -> rke.apply(rke.plan(spec)).await(Duration.ofMinutes(3)))
          .isInstanceOf(RkeException.class)
          .hasMessageContaining("has Docker Engine " + engine);
      assertThat(fleet.host(0).docker().containers().all()).isEmpty();
    }
  }
}
