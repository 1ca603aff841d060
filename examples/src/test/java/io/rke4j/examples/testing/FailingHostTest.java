package io.rke4j.examples.testing;

import static io.rke4j.testkit.assertion.RkeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.Provisioning;
import io.rke4j.api.StepFailedException;
import io.rke4j.testkit.junit.SimulatedClusterExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// tag::failure[]
class FailingHostTest {

  @RegisterExtension
  final SimulatedClusterExtension cluster =
      SimulatedClusterExtension.builder()
          .nodes(2)
          .kubernetes("v1.20.15-rancher2-1")
          .spec(spec -> spec.network(net -> net.plugin("flannel")))
          .build();

  @Test
  void anImageThatNobodyHasEndsTheRunWithItsName() throws Exception {
    String etcd = "rancher/mirrored-coreos-etcd:v3.4.15-rancher1";
    cluster.fleet().registries().refuse(etcd, "manifest for " + etcd + " not found");

    Provisioning run = cluster.provisioner().apply(cluster.provisioner().plan(cluster.spec()));

    assertThatThrownBy(() -> run.await(Duration.ofMinutes(3)))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining(etcd);
    assertThat(cluster.events())
        .isWellFormed()
        .failedWith("image-unavailable")
        .stepDidNotStart("etcd/run-etcd@host-1");
    assertThat(cluster.fleet().host(0).docker().containers().find("etcd")).isEmpty();
  }
}
// end::failure[]
