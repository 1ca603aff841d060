package io.rke4j.core.simulated;

import static io.rke4j.core.simulated.Connected.SOCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.core.ssh.SshConnector;
import io.rke4j.spi.node.ForwardingForbiddenException;
import io.rke4j.spi.node.HostKeyException;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.node.NodeUnreachableException;
import io.rke4j.spi.node.ScriptFailedException;
import io.rke4j.spi.node.Stream;
import io.rke4j.spi.runtime.EngineAccessException;
import io.rke4j.testkit.PatientContext;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedSshTest {

  private static final byte[] PING =
      "GET /_ping HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private SimulatedFleet fleet;
  private SimulatedHost host;

  @BeforeEach
  void start() {
    fleet = SimulatedFleet.of(2);
    host = fleet.host(0);
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private static String ping(NodeConnection connection) throws IOException {
    try (Stream stream = connection.openSocket(SOCKET)) {
      stream.output().write(PING);
      stream.output().flush();
      return new String(stream.input().readNBytes(15), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void theEngineAnswersThroughItsSocketAndAStreamLeftHalfReadDisturbsNobody() throws IOException {
    try (NodeConnection connection = Connected.to(fleet, host)) {
      for (int i = 0; i < 20; i++) {
        Stream stream = connection.openSocket(SOCKET);
        for (int request = 0; request < 100; request++) {
          stream.output().write(PING);
        }
        stream.output().flush();
        assertThat(stream.input().read()).isEqualTo('H');
        stream.input().close();
      }
      assertThat(ping(connection)).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void withoutSocketForwardingTheDockerClientCarriesTheBytes() throws IOException {
    host.ssh().forwardsSockets(false);
    try (NodeConnection connection = Connected.to(fleet, host)) {
      assertThat(ping(connection)).isEqualTo("HTTP/1.1 200 OK");
      assertThat(ping(connection)).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void missingDeadAndForbiddenSocketsAreToldApart() {
    try (NodeConnection connection = Connected.to(fleet, host)) {
      assertThatThrownBy(() -> connection.openSocket("/run/none.sock"))
          .isInstanceOf(EngineAccessException.class)
          .hasMessageContaining("there is no such socket");
      host.ssh().inDockerGroup(false);
      assertThatThrownBy(() -> connection.openSocket(SOCKET))
          .isInstanceOf(EngineAccessException.class)
          .hasMessageContaining("may not use it");
      host.ssh().inDockerGroup(true);
      host.stopDocker();
      assertThatThrownBy(() -> connection.openSocket(SOCKET))
          .isInstanceOf(EngineAccessException.class)
          .hasMessageContaining("nobody listens on it");
    }
  }

  @Test
  void portsAreThoseOfTheHostThatIsAsked() throws IOException {
    try (NodeConnection first = Connected.to(fleet, host);
        NodeConnection second = Connected.to(fleet, fleet.host(1))) {
      host.docker()
          .machine()
          .listen(
              6443,
              socket ->
                  socket.getOutputStream().write("first".getBytes(StandardCharsets.US_ASCII)));
      assertThat(text(first.openPort("localhost", 6443))).isEqualTo("first");
      assertThat(text(second.openPort(host.address(), 6443))).isEqualTo("first");
      assertThatThrownBy(() -> second.openPort("localhost", 6443))
          .isInstanceOf(ConnectException.class);
      assertThatThrownBy(() -> second.openPort("example.com", 443))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("example.com:443");
      host.ssh().forwardsPorts(false);
      assertThatThrownBy(() -> first.openPort("localhost", 6443))
          .isInstanceOf(ForwardingForbiddenException.class);
    }
  }

  private static String text(Stream stream) throws IOException {
    try (stream) {
      return new String(stream.input().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void unknownCommandsFailAsUnknown() {
    try (NodeConnection connection = Connected.to(fleet, host)) {
      assertThatThrownBy(() -> connection.read("reboot", List.of()))
          .isInstanceOfSatisfying(
              ScriptFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(127));
    }
  }

  @Test
  void everyHostHasAKeyOfItsOwn() {
    SimulatedHost other = fleet.host(1);
    assertThat(host.hostKeyFingerprint()).isNotEqualTo(other.hostKeyFingerprint());
    Map<String, String> wrong =
        Map.of("[" + host.address() + "]:" + host.port(), other.hostKeyFingerprint());
    try (SshConnector connector =
        new SshConnector(new HostKeyPolicy.Pinned(wrong), List.of(), new PatientContext())) {
      assertThatThrownBy(() -> connector.connect(Connected.machine(host)))
          .isInstanceOf(HostKeyException.class);
    }
  }

  @Test
  void aHostThatIsGoneBreaksItsStreamsAndComesBackAtItsPort() throws IOException {
    try (NodeConnection connection = Connected.to(fleet, host);
        Stream stream = connection.openSocket(SOCKET)) {
      host.disconnect();
      assertThatThrownBy(
              () -> {
                if (stream.input().read() < 0) {
                  throw new IOException("the stream ended");
                }
              })
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> Connected.to(fleet, host))
          .isInstanceOf(NodeUnreachableException.class);
    }
    host.reconnect();
    try (NodeConnection again = Connected.to(fleet, host)) {
      assertThat(ping(again)).isEqualTo("HTTP/1.1 200 OK");
    }
  }
}
