package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.core.QuickProvisioner;
import io.rke4j.testkit.SimulatedFleet;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that are a long way off, and how often a plan goes there. */
class DistantHostsTest {

  private static final Duration ROUND_TRIP = Duration.ofMillis(20);

  @TempDir private Path folder;

  @Test
  void aPlanOfEmptyHostsAsksEachForItsImagesAndContainersOnceAndWaitsForEveryAnswer() {
    try (SimulatedFleet fleet = SimulatedFleet.builder().roundTrip(ROUND_TRIP).start();
        ClusterProvisioner rke = QuickProvisioner.builder(fleet).stateDirectory(folder).build()) {
      ClusterSpec spec =
          ClusterSpec.named("distant")
              .kubernetes("v1.20.15-rancher2-1")
              .network(network -> network.plugin("flannel"))
              .node("one", fleet.host(0).withRoles(Role.values()))
              .build();
      long start = System.nanoTime();

      int images =
          (int)
              rke.plan(spec).steps().stream()
                  .filter(step -> step.id().action().startsWith("pull-"))
                  .count();

      long requests = fleet.host(0).engineFaults().requests();
      // Whether it answers, what it is, and its containers.
      assertThat(requests).isEqualTo(images + 3);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThan(ROUND_TRIP.multipliedBy(requests));
    }
  }
}
