package io.rke4j.examples.testing;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.testkit.assertion.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenPlanTest {

  // tag::golden[]
  @Test
  void whatAClusterWouldBeMadeOfIsReviewed(@TempDir Path state) {
    ClusterSpec spec =
        ClusterSpec.named("shop")
            .kubernetes("v1.20.15-rancher2-1")
            .node(
                "one",
                n ->
                    n.address("192.0.2.11")
                        .user("rke")
                        .roles(Role.CONTROL_PLANE, Role.ETCD, Role.WORKER))
            .build();
    try (ClusterProvisioner rke = ClusterProvisioner.builder().stateDirectory(state).build()) {
      String plan = rke.planOffline(spec).render();
      Golden.assertMatches(Path.of("src/test/resources/golden/shop.txt"), plan);
    }
  }
  // end::golden[]
}
