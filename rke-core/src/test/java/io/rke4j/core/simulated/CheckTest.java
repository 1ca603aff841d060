package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.check.CheckReport;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.RuntimeSpec;
import io.rke4j.core.QuickProvisioner;
import io.rke4j.core.builtin.docker.DockerRuntimeProvider;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.runtime.ContainerRuntime;
import io.rke4j.spi.runtime.ContainerRuntimeProvider;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts are looked at before anything is built. */
class CheckTest {

  private static final int HOSTS = 50;

  @TempDir private Path folder;

  @Test
  void fiftyHostsAreLookedAtSideBySide() {
    try (SimulatedFleet fleet = SimulatedFleet.of(HOSTS)) {
      Together together = new Together(HOSTS);
      try (ClusterProvisioner rke = builder(fleet).runtime(together).build()) {
        assertThat(rke.check(cluster(fleet)).hosts()).isEqualTo(HOSTS);
      }
      assertThat(together.missed).as("looks that did not meet all others").hasValue(0);
    }
  }

  @Test
  void noMoreHostsAreLookedAtSideBySideThanTheUserWants() {
    int wanted = 2;
    try (SimulatedFleet fleet = SimulatedFleet.of(2 * wanted)) {
      AtMost atMost = new AtMost();
      try (ClusterProvisioner rke =
          builder(fleet).runtime(atMost).maxParallelNodes(wanted).build()) {
        rke.check(cluster(fleet));
      }
      assertThat(atMost.most).hasValueLessThanOrEqualTo(wanted);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aHostWhoseClockIsNinetySecondsOffIsInTheWay(int hosts) {
    try (SimulatedFleet fleet = SimulatedFleet.of(hosts);
        ClusterProvisioner rke = builder(fleet).build()) {
      SimulatedHost host = fleet.host(hosts - 1);
      host.skewClock(Duration.ofSeconds(-90));
      CheckReport report = rke.check(cluster(fleet));
      assertThat(report.blocks()).isTrue();
      assertThat(report.findings())
          .extracting(finding -> finding.check() + "@" + finding.host())
          .containsExactly("clock@" + host.name());

      host.skewClock(Duration.ZERO);

      assertThat(rke.check(cluster(fleet)).findings()).isEmpty();
    }
  }

  @Test
  void hostsThatCannotBeLookedAtAreFindingsAndHideNothingOfTheOthers() {
    try (SimulatedFleet fleet = SimulatedFleet.of(5);
        ClusterProvisioner rke = builder(fleet).build()) {
      fleet.host(0).skewClock(Duration.ofSeconds(-90));
      fleet.host(1).disconnect();
      fleet.host(2).stopDocker();
      fleet.host(3).ssh().inDockerGroup(false);

      CheckReport report = rke.check(cluster(fleet));

      assertThat(report.hosts()).isEqualTo(2);
      assertThat(report.blocks()).isTrue();
      assertThat(report.findings())
          .extracting(finding -> finding.check() + "@" + finding.host())
          .containsExactly(
              "clock@" + fleet.host(0).name(),
              "connection@" + fleet.host(1).name(),
              "connection@" + fleet.host(2).name(),
              "connection@" + fleet.host(3).name());
      assertThat(report.findings().get(1).evidence())
          .containsExactly(
              "cannot connect to %s:%d by SSH: nobody listens on port %2$d (Connection refused)."
                  .formatted(fleet.host(1).address(), fleet.host(1).port()));
      assertThat(report.findings().get(2).remedy()).contains("systemctl start docker");
      assertThat(report.findings().get(3).remedy()).contains("usermod -aG docker");
    }
  }

  @Test
  void whereNoHostCanBeLookedAtEachIsNamed() {
    try (SimulatedFleet fleet = SimulatedFleet.of(2);
        ClusterProvisioner rke = builder(fleet).build()) {
      fleet.hosts().forEach(SimulatedHost::disconnect);

      assertThat(rke.check(cluster(fleet)).findings())
          .extracting(finding -> finding.check() + "@" + finding.host())
          .containsExactly(
              "connection@" + fleet.host(0).name(), "connection@" + fleet.host(1).name());
    }
  }

  private ClusterProvisioner.Builder builder(SimulatedFleet fleet) {
    return QuickProvisioner.builder(fleet).stateDirectory(folder);
  }

  private static ClusterSpec cluster(SimulatedFleet fleet) {
    ClusterSpec.Builder spec =
        ClusterSpec.named("checked")
            .kubernetes("v1.20.15-rancher2-1")
            .network(network -> network.plugin("flannel"));
    for (SimulatedHost host : fleet.hosts()) {
      Role[] roles = host.equals(fleet.host(0)) ? Role.values() : new Role[] {Role.WORKER};
      spec.node(host.name(), host.withRoles(roles));
    }
    return spec.build();
  }

  /** Docker, for those who watch when it is opened. */
  private abstract static class Watched implements ContainerRuntimeProvider {

    private final DockerRuntimeProvider docker = new DockerRuntimeProvider();

    @Override
    public String id() {
      return docker.id();
    }

    @Override
    public ContainerRuntime open(Machine machine, NodeConnection connection, RuntimeSpec spec) {
      enter();
      try {
        return docker.open(machine, connection, spec);
      } finally {
        leave();
      }
    }

    abstract void enter();

    void leave() {}
  }

  /** Engines that open when all are asked for at once. */
  private static final class Together extends Watched {

    private static final long LONG = 60;

    private final AtomicInteger missed = new AtomicInteger();
    private final CountDownLatch all;

    Together(int engines) {
      all = new CountDownLatch(engines);
    }

    @Override
    void enter() {
      all.countDown();
      try {
        if (!all.await(LONG, TimeUnit.SECONDS)) {
          missed.incrementAndGet();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        missed.incrementAndGet();
      }
    }
  }

  /** Engines that count how many are opened at the same time. */
  private static final class AtMost extends Watched {

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Override
    void enter() {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
    }

    @Override
    void leave() {
      now.decrementAndGet();
    }
  }
}
