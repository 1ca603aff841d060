package io.rke4j.core.ssh;

import static io.rke4j.core.ssh.SshServerForTests.ecdsa;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.Bastion;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.spi.node.ForwardingForbiddenException;
import io.rke4j.spi.node.HostKeyException;
import io.rke4j.spi.node.LoginRejectedException;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.node.NodeUnreachableException;
import io.rke4j.spi.node.Route;
import io.rke4j.spi.node.Stream;
import io.rke4j.testkit.PatientContext;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host behind another one: which of the two fails is always said. */
@Timeout(60)
class BastionTest {

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<Integer> forwarded = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;
  private KeyPair userKey;
  private SshServerForTests bastion;
  private SshServerForTests host;

  /** Lets everything through, and writes down where to. */
  private final class Recording extends AcceptAllForwardingFilter {
    @Override
    public boolean canConnect(Type type, SshdSocketAddress address, Session session) {
      forwarded.add(address.getPort());
      return true;
    }
  }

  @BeforeEach
  void startServers() throws IOException, GeneralSecurityException {
    userKey = ecdsa();
    bastion = trusted(new Recording());
    host = trusted(AcceptAllForwardingFilter.INSTANCE);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : opened) {
      closeable.close();
    }
  }

  private SshServerForTests trusted(AcceptAllForwardingFilter filter)
      throws IOException, GeneralSecurityException {
    KeyPair key = ecdsa();
    SshServerForTests server = new SshServerForTests(filter, userKey.getPublic(), key);
    opened.add(server);
    String line = KnownHostsFile.line("127.0.0.1", server.port(), key.getPublic());
    Files.writeString(
        knownHosts(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return server;
  }

  private Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  private void forget(SshServerForTests server) throws IOException {
    List<String> lines = Files.readAllLines(knownHosts());
    lines.removeIf(line -> line.contains(":" + server.port() + " "));
    Files.write(knownHosts(), lines);
  }

  private SshConnector through(Machine... bastions) {
    SshConnector connector =
        new SshConnector(
            new HostKeyPolicy.KnownHosts(knownHosts()),
            List.of(bastions).stream().map(b -> new Bastion(b.address(), b.ssh())).toList(),
            new PatientContext());
    opened.add(0, connector);
    return connector;
  }

  private NodeConnection connect(SshConnector connector, Machine machine) {
    NodeConnection connection = connector.connect(machine);
    opened.add(0, connection);
    return connection;
  }

  private Machine machine(SshServerForTests server) throws IOException, GeneralSecurityException {
    return server.machine(userKey);
  }

  private String bastionName() {
    return "bastion host 127.0.0.1:" + bastion.port();
  }

  private String hostName() {
    return "127.0.0.1:" + host.port() + " (through " + bastionName() + ")";
  }

  @Test
  void aHostIsReachedThroughTheBastionHostOnItsPort() throws Exception {
    NodeConnection connection = connect(through(machine(bastion)), machine(host));
    assertThat(forwarded).containsExactly(host.port());
    assertHello((address, port) -> connection.openPort(address, port));
  }

  @Test
  void oneConnectionToTheBastionHostServesAllHosts() throws Exception {
    SshConnector connector = through(machine(bastion));
    connect(connector, machine(host));
    connect(connector, machine(host));
    assertThat(forwarded).hasSize(2);
    assertThat(bastion.server().getActiveSessions()).hasSize(1);
  }

  @Test
  void bastionHostsMakeAChain() throws Exception {
    SshServerForTests second = trusted(AcceptAllForwardingFilter.INSTANCE);
    NodeConnection connection = connect(through(machine(bastion), machine(second)), machine(host));
    assertThat(forwarded).containsExactly(second.port());
    assertHello((address, port) -> connection.openPort(address, port));
  }

  @Test
  void portsBehindTheBastionHostAreReached() throws Exception {
    assertHello(through(machine(bastion)).route().orElseThrow());
    assertThat(through().route()).isEmpty();
    assertThatThrownBy(() -> through(machine(bastion)).route().orElseThrow().open("127.0.0.1", 1))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining(bastionName());
  }

  private static void assertHello(Route route) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Stream stream = route.open("127.0.0.1", listener.getLocalPort());
        Socket accepted = listener.accept()) {
      accepted.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
      assertThat(stream.input().readNBytes(5)).asString().isEqualTo("hello");
    }
  }

  @Test
  void unknownBastionHostIsNotPassed() throws Exception {
    forget(bastion);
    assertThatThrownBy(() -> through(machine(bastion)).connect(machine(host)))
        .isInstanceOf(HostKeyException.class)
        .hasMessageStartingWith(bastionName() + " showed host key");
    assertThat(forwarded).isEmpty();
  }

  @Test
  void unknownHostBehindAKnownBastionHostIsRefused() throws Exception {
    forget(host);
    assertThatThrownBy(() -> through(machine(bastion)).connect(machine(host)))
        .isInstanceOf(HostKeyException.class)
        .hasMessageStartingWith("127.0.0.1:" + host.port() + " showed host key")
        .hasMessageContaining("'ssh 127.0.0.1 ssh-keyscan -t ecdsa -p " + host.port());
  }

  @Test
  void refusedLoginsSayWhere() throws Exception {
    KeyPair wrong = ecdsa();
    assertThatThrownBy(() -> through(bastion.machine(wrong)).connect(machine(host)))
        .isInstanceOf(LoginRejectedException.class)
        .hasMessageStartingWith(bastionName() + " does not accept");
    assertThatThrownBy(() -> through(machine(bastion)).connect(host.machine(wrong)))
        .isInstanceOf(LoginRejectedException.class)
        .hasMessageStartingWith(hostName() + " does not accept");
  }

  @Test
  void absentOnesSayWhich() throws Exception {
    Machine behind = machine(host);
    host.close();
    assertThatThrownBy(() -> through(machine(bastion)).connect(behind))
        .isInstanceOf(NodeUnreachableException.class)
        .hasMessageStartingWith("cannot connect to " + hostName())
        .hasMessageContaining("the bastion host does not reach it");
    Machine gate = machine(bastion);
    bastion.close();
    assertThatThrownBy(() -> through(gate).connect(behind))
        .isInstanceOf(NodeUnreachableException.class)
        .hasMessageStartingWith("cannot connect to " + bastionName())
        .hasMessageContaining("nobody listens on port " + gate.ssh().port());
  }

  @Test
  void bastionHostThatForwardsNothingSaysSo() throws Exception {
    bastion.server().setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    assertThatThrownBy(() -> through(machine(bastion)).connect(machine(host)))
        .isInstanceOf(ForwardingForbiddenException.class)
        .hasMessageStartingWith("sshd on " + bastionName() + " forbids forwarding to " + hostName())
        .hasMessageContaining("AllowTcpForwarding yes");
  }

  @Test
  void lostBastionHostIsConnectedAnew() throws Exception {
    SshConnector connector = through(machine(bastion));
    connect(connector, machine(host));
    bastion.server().getActiveSessions().forEach(session -> session.close(true));
    Instant end = Instant.now().plusSeconds(20);
    while (!isConnected(connector)) {
      assertThat(Instant.now()).isBefore(end);
    }
    assertThat(bastion.server().getActiveSessions()).hasSize(1);
  }

  private boolean isConnected(SshConnector connector) throws Exception {
    try {
      connect(connector, machine(host));
      return true;
    } catch (NodeUnreachableException e) {
      // What is on its way when the connection breaks fails; trying again helps.
      assertThat(e.isTransient()).isTrue();
      return false;
    }
  }

  @Test
  void userAndPortOfTheBastionHostAreItsOwn() throws Exception {
    Machine right = machine(bastion);
    Machine other =
        new Machine(
            right.name(),
            right.address(),
            right.internalAddress(),
            new SshAccess("other", bastion.port(), right.ssh().key()),
            "/socket");
    assertThatThrownBy(() -> through(other).connect(machine(host)))
        .isInstanceOf(LoginRejectedException.class)
        .hasMessageContaining("user 'other'");
  }
}
