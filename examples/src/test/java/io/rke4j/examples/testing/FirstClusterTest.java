package io.rke4j.examples.testing;

import static io.rke4j.testkit.assertion.RkeAssertions.assertThat;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.plan.Plan;
import io.rke4j.testkit.RecordingListener;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.junit.SimulatedCluster;
import java.time.Duration;
import org.junit.jupiter.api.Test;

// tag::extension[]
@SimulatedCluster(nodes = 3)
class FirstClusterTest {

  @Test
  void aClusterIsBuiltAndNothingIsLeftToDo(
      ClusterProvisioner rke, ClusterSpec spec, SimulatedFleet fleet, RecordingListener events)
      throws Exception {
    Plan plan = rke.plan(spec);
    assertThat(plan).creates("etcd", "host-1").creates("kubelet", "host-3").hasNoWarnings();

    rke.apply(plan).await(Duration.ofMinutes(3));

    assertThat(events)
        .isWellFormed()
        .succeeded()
        .endedBefore("files/place-certificates@host-1", "etcd/run-etcd@host-1")
        .hasNoSecret(fleet.host(0).privateKey());
    assertThat(rke.plan(spec)).isEmpty();
  }
}
// end::extension[]
