package io.rke4j.examples.testing;

import static io.rke4j.testkit.assertion.RkeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.Provisioning;
import io.rke4j.api.StepFailedException;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.event.ProvisionEvent.StepStarted;
import io.rke4j.spi.node.NodeUnreachableException;
import io.rke4j.testkit.RecordingListener;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import io.rke4j.testkit.junit.SimulatedCluster;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a run whose node dies. */
class LostNodeTest {

  static Stream<Named<Consumer<SimulatedHost>>> deaths() {
    return Stream.of(
        Named.of("disconnected", SimulatedHost::disconnect),
        Named.of("silent", SimulatedHost::fallSilent));
  }

  // tag::lost[]
  @ParameterizedTest
  @MethodSource("deaths") // SimulatedHost::disconnect and SimulatedHost::fallSilent
  @SimulatedCluster(nodes = 3, controlPlanes = 3)
  void aNodeThatDiesInTheMiddleOfTheEtcdPlaneEndsTheRunWithItsName(
      Consumer<SimulatedHost> death,
      ClusterProvisioner rke,
      ClusterSpec spec,
      SimulatedFleet fleet,
      RecordingListener events) {
    events.forwardTo(
        event -> {
          if (event instanceof StepStarted started
              && started.step().toString().equals("etcd/run-etcd@host-2")) {
            death.accept(fleet.host(1));
          }
        });

    Provisioning run = rke.apply(rke.plan(spec));

    assertThatThrownBy(() -> run.await(Duration.ofMinutes(1)))
        .isInstanceOf(StepFailedException.class)
        .hasCauseInstanceOf(NodeUnreachableException.class)
        .hasMessageContaining("@host-2: cannot connect to " + fleet.host(1).address());
    assertThat(events).isWellFormed().failedWith("node-unreachable");
  }
  // end::lost[]
}
