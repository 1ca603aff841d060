package io.rke4j.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.spi.node.Machine;
import io.rke4j.testkit.PatientContext;
import io.rke4j.testkit.docker.DockerNodeDriver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real machines come and go with the test; skipped where they cannot be made. */
class DockerClusterLabIT {

  private static final List<DockerNodeDriver> DRIVERS = new ArrayList<>();
  private static final List<NodeSpec> NODES = new ArrayList<>();

  static class Inner {
    @Test
    @DockerCluster(nodes = 2)
    void makesAMachine(DockerNodeDriver driver, ClusterSpec spec) {
      DRIVERS.add(driver);
      NODES.addAll(spec.nodes());
      assertThat(driver.check(NODES.get(0))).isEmpty();
      Machine made = driver.create(NODES.get(0), new PatientContext());
      assertThat(driver.find(NODES.get(0))).contains(made);
      assertThat(driver.exists(NODES.get(1))).isFalse();
    }
  }

  @Test
  void aMachineThatATestHasMadeIsGoneAfterIt() {
    TestRun run = TestRun.of(Inner.class);
    assertThat(run.failures()).isEmpty();
    assertThat(run.skipped().values()).allMatch(why -> why.contains("Docker"));
    assertThat(DRIVERS).hasSize(run.skipped().isEmpty() ? 1 : 0);
    DRIVERS.forEach(driver -> assertThat(NODES).noneMatch(driver::exists));
  }
}
