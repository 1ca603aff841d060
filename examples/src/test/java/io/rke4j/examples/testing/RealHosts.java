package io.rke4j.examples.testing;

import static io.rke4j.testkit.assertion.RkeAssertions.assertThat;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.testkit.junit.DockerCluster;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Shown in the documentation; not named as a test, since it takes minutes and the internet. */
// tag::real[]
@DockerCluster(nodes = 2, kubernetes = "v1.30.14-rancher1-1")
class RealHosts {

  @Test
  void aClusterIsBuiltOnMachinesThatTheDriverMakes(ClusterProvisioner rke, ClusterSpec spec)
      throws Exception {
    rke.apply(rke.plan(spec)).await(Duration.ofMinutes(15));

    assertThat(rke.plan(spec)).isEmpty();
  }
}
// end::real[]
