package io.rke4j.core.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.spi.node.ForwardingForbiddenException;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.node.NodeUnreachableException;
import io.rke4j.spi.node.Stream;
import io.rke4j.spi.runtime.EngineAccessException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import net.schmizz.sshj.SSHClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connector against a real OpenSSH server. */
class SshConnectorIT {

  private static final int STRICT_PORT = 2201;
  private static final int NO_SOCKETS_PORT = 2202;
  private static final int KILLED_PORT = 2203;
  private static final String REQUEST = "GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n";

  @TempDir private static Path folder;
  private static LabHost host;
  private static SSHClient root;

  @BeforeAll
  static void prepareHost() throws IOException {
    host = LabHost.first();
    root = new SSHClient();
    root.addHostKeyVerifier(
        new HostKeyCheck(new HostKeyPolicy.TrustOnFirstUse(knownHosts()), Login.DIRECT));
    root.connect(host.address());
    root.auth("root", new Login("", host.machine().ssh(), Login.DIRECT).methods(root));
    onHost("id plain || useradd -m plain");
    onHost(
        "mkdir -p ~plain/.ssh && cp ~/.ssh/authorized_keys ~plain/.ssh/ && chown -R plain ~plain");
    onHost(
        sshd(
            STRICT_PORT,
            "-o AllowTcpForwarding=no -o AllowStreamLocalForwarding=no -o"
                + " ForceCommand=/bin/false"));
    onHost(sshd(NO_SOCKETS_PORT, "-o AllowStreamLocalForwarding=no"));
    onHost(sshd(KILLED_PORT, ""));
  }

  private static String sshd(int port, String options) {
    String pidFile = "/run/sshd-" + port + ".pid";
    return "kill $(cat %1$s); /usr/sbin/sshd -p %2$d -o PidFile=%1$s %3$s"
        .formatted(pidFile, port, options);
  }

  @AfterAll
  static void cleanHost() throws IOException {
    if (root != null) {
      onHost("kill $(cat /run/sshd-22??.pid); userdel -r plain");
      root.close();
    }
  }

  private static String onHost(String command) throws IOException {
    return new RemoteCommands("127.0.0.1", root, SshPatience.USUAL.look(), SshPatience.USUAL.work())
        .run(command)
        .output();
  }

  private static Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  private static String ping(NodeConnection connection) throws IOException {
    try (Stream stream = connection.openSocket(LabHost.SOCKET)) {
      stream.output().write(REQUEST.getBytes(StandardCharsets.UTF_8));
      stream.output().flush();
      return new String(stream.input().readNBytes(15), StandardCharsets.UTF_8);
    }
  }

  @Test
  void engineIsReachedThroughItsSocket() throws IOException {
    try (NodeConnection connection = host.connect(knownHosts())) {
      assertThat(ping(connection)).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void connectingIsQuick() {
    host.connect(knownHosts()).close();
    long start = System.nanoTime();
    host.connect(knownHosts()).close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void streamClosedHalfReadLeavesTheConnectionWhole() throws IOException {
    try (NodeConnection connection = host.connect(knownHosts())) {
      for (int i = 0; i < 20; i++) {
        Stream stream = connection.openSocket(LabHost.SOCKET);
        stream.output().write(REQUEST.repeat(200).getBytes(StandardCharsets.UTF_8));
        stream.output().flush();
        assertThat(stream.input().read()).isEqualTo('H');
        stream.input().close();
      }
      assertThat(ping(connection)).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void userWithoutRightIsToldTheGroup() {
    try (NodeConnection connection = host.connect(knownHosts(), host.machine("plain", 22))) {
      assertThatThrownBy(() -> connection.openSocket(LabHost.SOCKET))
          .isInstanceOf(EngineAccessException.class)
          .hasMessageContaining("user 'plain' may not use it")
          .hasMessageContaining("usermod -aG docker plain");
    }
  }

  @Test
  void missingAndDeadSocketsAreToldApart() throws IOException {
    onHost(
        "rm -f /run/dead.sock; perl -MIO::Socket::UNIX -e"
            + " 'IO::Socket::UNIX->new(Local=>\"/run/dead.sock\",Listen=>1)'");
    try (NodeConnection connection = host.connect(knownHosts())) {
      assertThatThrownBy(() -> connection.openSocket("/run/no-such.sock"))
          .isInstanceOf(EngineAccessException.class)
          .hasMessageContaining("there is no such socket");
      assertThatThrownBy(() -> connection.openSocket("/run/dead.sock"))
          .isInstanceOf(EngineAccessException.class)
          .hasMessageContaining("nobody listens on it");
    }
  }

  @Test
  void withoutSocketForwardingTheHostsDockerClientCarriesTheBytes() throws IOException {
    try (NodeConnection connection =
        host.connect(knownHosts(), host.machine("root", NO_SOCKETS_PORT))) {
      assertThat(ping(connection)).isEqualTo("HTTP/1.1 200 OK");
      assertThat(ping(connection)).isEqualTo("HTTP/1.1 200 OK");
    }
    try (NodeConnection connection =
        host.connect(knownHosts(), host.machine("plain", NO_SOCKETS_PORT))) {
      assertThatThrownBy(() -> connection.openSocket(LabHost.SOCKET))
          .isInstanceOf(EngineAccessException.class)
          .hasMessageContaining("user 'plain' may not use it");
    }
  }

  @Test
  void forbiddenForwardingIsNamed() {
    try (NodeConnection connection =
        host.connect(knownHosts(), host.machine("root", STRICT_PORT))) {
      assertThatThrownBy(() -> connection.openSocket(LabHost.SOCKET))
          .isInstanceOf(ForwardingForbiddenException.class)
          .hasMessageContaining(LabHost.SOCKET);
      assertThatThrownBy(() -> connection.openPort("localhost", 22))
          .isInstanceOf(ForwardingForbiddenException.class)
          .hasMessageContaining("localhost:22");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa -m PEM",
        "rsa -m PKCS8",
        "rsa",
        "ecdsa -m PEM",
        "ecdsa -m PKCS8",
        "ecdsa",
        "ed25519"
      })
  void keysAsSshKeygenMakesThemOpenTheHost(String kind) throws IOException {
    String key = onHost("rm -f /tmp/k*; ssh-keygen -q -N '' -f /tmp/k -t " + kind + "; cat /tmp/k");
    onHost("cat /tmp/k.pub >> ~plain/.ssh/authorized_keys");
    Machine root = host.machine();
    SshAccess access = new SshAccess("plain", 22, new SshKey.Inline(Secret.of(key + "\n")));
    Machine machine =
        new Machine(root.name(), root.address(), root.address(), access, LabHost.SOCKET);
    host.connect(knownHosts(), machine).close();
  }

  @Test
  void silentServerIsUnreachable() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Machine machine =
          SshServerForTests.machine(silent.getLocalPort(), new SshKey.FromFile(host.key()));
      assertThatThrownBy(() -> host.connect(knownHosts(), machine))
          .isInstanceOf(NodeUnreachableException.class)
          .hasMessageContaining("no answer within 10s");
    }
  }

  @Test
  void killedServerBreaksTheStreams() throws IOException {
    try (NodeConnection connection = host.connect(knownHosts(), host.machine("root", KILLED_PORT));
        Stream stream = connection.openSocket(LabHost.SOCKET)) {
      onHost("kill -9 $(pgrep -P $(cat /run/sshd-%d.pid))".formatted(KILLED_PORT));
      assertThatThrownBy(
              () -> {
                if (stream.input().read() < 0) {
                  throw new IOException("the stream ended");
                }
              })
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> connection.openSocket(LabHost.SOCKET))
          .isInstanceOf(NodeUnreachableException.class);
    }
  }
}
