package io.rke4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SimulatedFleetTest {

  @Test
  void everyHostHasAnAddressAndAKeyOfItsOwnAndTwoFleetsShareNone() {
    try (SimulatedFleet one = SimulatedFleet.of(3);
        SimulatedFleet other = SimulatedFleet.of(3)) {
      Set<String> addresses =
          one.hosts().stream().map(SimulatedHost::address).collect(Collectors.toSet());
      assertThat(addresses).hasSize(3).allMatch(address -> address.startsWith("127."));
      assertThat(other.hosts()).noneMatch(host -> addresses.contains(host.address()));
      assertThat(one.fingerprints().values()).doesNotHaveDuplicates().hasSize(3);
    }
  }

  @Test
  void manyHostsNeedFewThreads() throws IOException {
    int before = Thread.activeCount();
    try (SimulatedFleet fleet = SimulatedFleet.of(40)) {
      for (SimulatedHost host : fleet.hosts()) {
        try (Socket socket = new Socket()) {
          socket.connect(new InetSocketAddress(host.address(), host.port()), 5_000);
          assertThat(socket.getInputStream().read()).isEqualTo('S');
        }
      }
      assertThat(Thread.activeCount() - before).isLessThan(20);
    }
  }

  @Test
  void nobodyAnswersAfterTheEnd() {
    SimulatedFleet fleet = SimulatedFleet.of(1);
    SimulatedHost host = fleet.host(0);
    fleet.close();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host.address(), host.port()), 5_000);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("refused");
    }
  }
}
