package io.rke4j.core.ssh;

import static io.rke4j.core.ssh.SshServerForTests.ecdsa;
import static io.rke4j.core.ssh.SshServerForTests.openSsh;
import static io.rke4j.core.ssh.SshServerForTests.pem;
import static io.rke4j.core.ssh.SshServerForTests.rsa;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.HostKeyPolicy.KnownHosts;
import io.rke4j.api.HostKeyPolicy.Pinned;
import io.rke4j.api.HostKeyPolicy.TrustOnFirstUse;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SshCertificate;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.node.ForwardingForbiddenException;
import io.rke4j.spi.node.HostKeyException;
import io.rke4j.spi.node.LoginRejectedException;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.node.NodeUnreachableException;
import io.rke4j.spi.node.ScriptFailedException;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.command.CommandFactory;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.shell.UnknownCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SshConnectorTest {

  private static final KeyPair HOST_KEY = make();
  private static final KeyPair USER_KEY = make();

  @TempDir private Path folder;
  private SshServerForTests server;

  private static KeyPair make() {
    try {
      return ecdsa();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void startServer() throws IOException {
    server =
        new SshServerForTests(AcceptAllForwardingFilter.INSTANCE, USER_KEY.getPublic(), HOST_KEY);
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
  }

  private HostKeyPolicy knows(KeyPair hostKey) throws IOException {
    return knows(server, hostKey);
  }

  private HostKeyPolicy knows(SshServerForTests host, KeyPair hostKey) throws IOException {
    Path file = folder.resolve("known_hosts");
    Files.writeString(
        file, KnownHostsFile.line("127.0.0.1", host.port(), hostKey.getPublic()) + "\n");
    return new KnownHosts(file);
  }

  private static NodeConnection connect(HostKeyPolicy policy, Machine machine) {
    return new SshConnector(policy, List.of(), new PatientContext()).connect(machine);
  }

  private NodeConnection connect() throws IOException, GeneralSecurityException {
    return connect(knows(HOST_KEY), server.machine(USER_KEY));
  }

  @Test
  void knownHostIsConnectedAndItsPortsAreReached() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        NodeConnection connection = connect();
        Stream stream = connection.openPort("127.0.0.1", listener.getLocalPort());
        Socket accepted = listener.accept()) {
      assertThat(connection.host()).isEqualTo("127.0.0.1");
      stream.output().write("hello".getBytes(StandardCharsets.UTF_8));
      stream.output().flush();
      assertThat(accepted.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
      accepted.getOutputStream().write("world".getBytes(StandardCharsets.UTF_8));
      assertThat(stream.input().read(new byte[0], 0, 0)).isZero();
      assertThat(stream.input().readNBytes(5)).asString().isEqualTo("world");
    }
  }

  private Machine knownToHaveKey(KeyPair hostKey) throws Exception {
    String line = KnownHostsFile.line("x", 22, hostKey.getPublic());
    Machine machine = server.machine(USER_KEY);
    return new Machine(
        machine.name(),
        machine.address(),
        machine.internalAddress(),
        machine.ssh(),
        machine.dockerSocket(),
        List.of(line.substring("x ".length())));
  }

  @Test
  void keyThatTheDriverKnowsNeedsNobodyElse() throws Exception {
    Path nobody = folder.resolve("none/known_hosts");
    connect(new KnownHosts(nobody), knownToHaveKey(HOST_KEY)).close();
    assertThat(nobody).doesNotExist();
  }

  @Test
  void anotherKeyThanTheDriverKnowsIsRefusedWhateverThePolicy() throws Exception {
    Machine machine = knownToHaveKey(ecdsa());
    assertThatThrownBy(() -> connect(knows(HOST_KEY), machine))
        .isInstanceOf(HostKeyException.class)
        .hasMessageContaining("the node driver that made the machine knows another one");
  }

  @Test
  void unknownHostIsRefusedWithItsFingerprintAndAWayOut() throws Exception {
    Path file = folder.resolve("none/known_hosts");
    Machine machine = server.machine(USER_KEY);
    assertThatThrownBy(() -> connect(new KnownHosts(file), machine))
        .isInstanceOfSatisfying(
            HostKeyException.class,
            e ->
                assertThat(e.fingerprint())
                    .isEqualTo(KnownHostsFile.fingerprint(HOST_KEY.getPublic())))
        .hasMessageContaining("nobody vouches")
        .hasMessageContaining("ssh-keyscan -t ecdsa -p " + server.port() + " 127.0.0.1 >> " + file);
    assertThat(file).doesNotExist();
  }

  @Test
  void changedHostKeyMayBeAnAttack() throws Exception {
    Machine machine = server.machine(USER_KEY);
    HostKeyPolicy policy = knows(ecdsa());
    assertThatThrownBy(() -> connect(policy, machine))
        .isInstanceOf(HostKeyException.class)
        .hasMessageContaining("attack")
        .hasMessageContaining("ssh-keygen -R \"[127.0.0.1]:" + server.port() + "\"");
  }

  @Test
  void theKnownOneOfSeveralHostKeysIsAskedFor() throws Exception {
    KeyPair rsa = rsa();
    try (SshServerForTests both =
            new SshServerForTests(
                AcceptAllForwardingFilter.INSTANCE, USER_KEY.getPublic(), HOST_KEY, rsa);
        NodeConnection byRsa = connect(knows(both, rsa), both.machine(USER_KEY));
        NodeConnection byEcdsa = connect(knows(both, HOST_KEY), both.machine(USER_KEY))) {
      assertThat(byRsa.host()).isEqualTo(byEcdsa.host());
    }
  }

  @Test
  void firstUseIsRememberedForTheOwnerOnly() throws Exception {
    Path file = folder.resolve("new/folder/known_hosts");
    HostKeyPolicy policy = new TrustOnFirstUse(file);
    connect(policy, server.machine(USER_KEY)).close();
    connect(policy, server.machine(USER_KEY)).close();
    assertThat(Files.readAllLines(file))
        .containsExactly(KnownHostsFile.line("127.0.0.1", server.port(), HOST_KEY.getPublic()));
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));

    int port = server.port();
    server.close();
    server =
        new SshServerForTests(AcceptAllForwardingFilter.INSTANCE, USER_KEY.getPublic(), ecdsa());
    Files.writeString(file, Files.readString(file).replace(":" + port, ":" + server.port()));
    assertThatThrownBy(() -> connect(policy, server.machine(USER_KEY)))
        .isInstanceOf(HostKeyException.class)
        .hasMessageContaining("attack");
  }

  @Test
  void pinnedFingerprintCounts() throws Exception {
    String host = "[127.0.0.1]:" + server.port();
    String right = KnownHostsFile.fingerprint(HOST_KEY.getPublic());
    Machine machine = server.machine(USER_KEY);
    connect(new Pinned(Map.of(host, right)), machine).close();
    assertThatThrownBy(() -> connect(new Pinned(Map.of(host, "SHA256:other")), machine))
        .isInstanceOf(HostKeyException.class)
        .hasMessageContaining("SHA256:other is pinned");
    assertThatThrownBy(() -> connect(new Pinned(Map.of()), machine))
        .isInstanceOf(HostKeyException.class)
        .hasMessageContaining("no fingerprint is pinned for " + host);
  }

  @Test
  void everyCommonKeyFormatIsRead() throws Exception {
    KeyPair rsa = rsa();
    Path file = Files.writeString(folder.resolve("key"), openSsh(USER_KEY, null));
    connect(knows(HOST_KEY), server.machine(new SshKey.FromFile(file))).close();
    try (SshServerForTests forRsa =
        new SshServerForTests(AcceptAllForwardingFilter.INSTANCE, rsa.getPublic(), HOST_KEY)) {
      connect(knows(forRsa, HOST_KEY), forRsa.machine(rsa)).close();
      SshKey inPem = new SshKey.Inline(Secret.of(pem(rsa)));
      connect(knows(forRsa, HOST_KEY), forRsa.machine(inPem)).close();
    }
  }

  @Test
  void wrongKeyNamesHostAndUser() throws Exception {
    HostKeyPolicy policy = knows(HOST_KEY);
    Machine machine = server.machine(ecdsa());
    assertThatThrownBy(() -> connect(policy, machine))
        .isInstanceOf(LoginRejectedException.class)
        .hasMessageContaining("127.0.0.1:" + server.port())
        .hasMessageContaining("'somebody'")
        .hasMessageContaining("authorized_keys");
  }

  @Test
  void unusableKeysSayWhy() throws Exception {
    HostKeyPolicy policy = knows(HOST_KEY);
    SshKey absent = new SshKey.FromFile(Path.of("~", "no-such-key"));
    assertThatThrownBy(() -> connect(policy, server.machine(absent)))
        .isInstanceOf(LoginRejectedException.class)
        .hasMessageContaining(Path.of(System.getProperty("user.home"), "no-such-key").toString())
        .hasMessageContaining("no such file");

    SshKey encrypted = new SshKey.Inline(Secret.of(openSsh(USER_KEY, "secret")));
    assertThatThrownBy(() -> connect(policy, server.machine(encrypted)))
        .isInstanceOf(LoginRejectedException.class)
        .hasMessageContaining("encrypted")
        .hasMessageContaining("ssh_agent_auth");

    SshKey garbage = new SshKey.Inline(Secret.of("marker-of-a-secret"));
    assertThatThrownBy(() -> connect(policy, server.machine(garbage)))
        .isInstanceOf(LoginRejectedException.class)
        .hasMessageContaining("no private key")
        .hasMessageNotContaining("marker-of-a-secret")
        .hasNoCause();
  }

  @Test
  void encryptedKeysAreOpenedByTheirPassphraseOnly() throws Exception {
    HostKeyPolicy policy = knows(HOST_KEY);
    SshKey encrypted = SshKey.text(Secret.of(openSsh(USER_KEY, "secret")));
    connect(policy, server.machine(encrypted.encryptedWith(Secret.of("secret")))).close();
    SshKey wrong = encrypted.encryptedWith(Secret.of("marker-passphrase"));
    assertThatThrownBy(() -> connect(policy, server.machine(wrong)))
        .isInstanceOf(LoginRejectedException.class)
        .hasMessageContaining("another passphrase")
        .hasMessageNotContaining("marker-passphrase");
  }

  @Test
  void whatIsNoCertificateIsNamedBeforeTheHostIsAsked() throws Exception {
    HostKeyPolicy policy = knows(HOST_KEY);
    SshKey key = SshKey.text(Secret.of(openSsh(USER_KEY, null)));
    SshKey bad = key.certifiedBy(SshCertificate.text("ssh-rsa nonsense"));
    assertThatThrownBy(() -> connect(policy, server.machine(bad)))
        .isInstanceOf(LoginRejectedException.class)
        .hasMessageContaining("the given key and its certificate")
        .hasMessageContaining("none in OpenSSH's form");
  }

  @Test
  void absentServerIsTransient() throws Exception {
    HostKeyPolicy policy = knows(HOST_KEY);
    Machine machine = server.machine(USER_KEY);
    server.close();
    assertThatThrownBy(() -> connect(policy, machine))
        .isInstanceOfSatisfying(
            NodeUnreachableException.class, e -> assertThat(e.isTransient()).isTrue())
        .hasMessageContaining("nobody listens on port " + machine.ssh().port());
  }

  @Test
  void unknownNameIsNamed() throws Exception {
    Machine machine = server.machine(USER_KEY);
    Machine nowhere =
        new Machine(machine.name(), "no-such-host.invalid", "", machine.ssh(), "/socket");
    assertThatThrownBy(() -> connect(knows(HOST_KEY), nowhere))
        .isInstanceOf(NodeUnreachableException.class)
        .hasMessageContaining("the name no-such-host.invalid is not known");
  }

  @Test
  void cancelledConnectingEnds() throws Exception {
    PatientContext context = new PatientContext();
    context.cancel();
    Machine machine = server.machine(USER_KEY);
    SshConnector connector = new SshConnector(knows(HOST_KEY), List.of(), context);
    assertThatThrownBy(() -> connector.connect(machine))
        .isInstanceOf(OperationCancelledException.class);
  }

  @Test
  void forbiddenForwardingIsNamed() throws Exception {
    try (SshServerForTests strict =
            new SshServerForTests(
                RejectAllForwardingFilter.INSTANCE, USER_KEY.getPublic(), HOST_KEY);
        NodeConnection connection = connect(knows(strict, HOST_KEY), strict.machine(USER_KEY))) {
      assertThatThrownBy(() -> connection.openPort("localhost", 6443))
          .isInstanceOf(ForwardingForbiddenException.class)
          .hasMessageContaining("127.0.0.1")
          .hasMessageContaining("localhost:6443");
      assertThatThrownBy(() -> connection.openSocket("/run/engine.sock"))
          .isInstanceOf(ForwardingForbiddenException.class)
          .hasMessageContaining("/run/engine.sock")
          .hasMessageContaining("AllowStreamLocalForwarding");
    }
  }

  @Test
  void withoutSocketForwardingTheHostsDockerClientCarriesTheBytes() throws Exception {
    CommandFactory echo =
        (channel, command) ->
            command.equals("docker -H 'unix:///run/engine.sock' system dial-stdio")
                ? new EchoCommand()
                : new UnknownCommand(command);
    server.server().setCommandFactory(echo);
    try (NodeConnection connection = connect();
        Stream stream = connection.openSocket("/run/engine.sock")) {
      stream.output().write("hello".getBytes(StandardCharsets.UTF_8));
      stream.output().flush();
      assertThat(stream.input().readNBytes(5)).asString().isEqualTo("hello");
    }
  }

  @Test
  void aScriptThatFailsIsToldWithItsEndAndItsErrors() throws Exception {
    server.server().setCommandFactory((channel, command) -> new UnknownCommand("looking"));
    try (NodeConnection connection = connect()) {
      assertThatThrownBy(() -> connection.read("exit 3", List.of()))
          .isInstanceOfSatisfying(
              ScriptFailedException.class,
              e -> {
                assertThat(e.exitCode()).isEqualTo(1);
                assertThat(e.isTransient()).isFalse();
                assertThat(e.evidence()).singleElement().asString().contains("looking");
              })
          .hasMessageContaining("127.0.0.1 did not say")
          .hasMessageContaining("exit code 1");
    }
  }

  @Test
  void closedPortIsNoLostConnection() throws Exception {
    int closed;
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      closed = listener.getLocalPort();
    }
    try (NodeConnection connection = connect()) {
      assertThatThrownBy(() -> connection.openPort("127.0.0.1", closed))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("127.0.0.1:" + closed);
    }
  }

  @Test
  void whoSendsToAHostThatTakesNothingAnyMoreDoesNotHang() throws Exception {
    Function<String, SshPatience> little =
        address ->
            new SshPatience(
                Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(60), 3, true);
    CoreModuleProperties.WINDOW_SIZE.set(server.server(), 512L * 1024 * 1024);
    SshConnector connector =
        new SshConnector(knows(HOST_KEY), List.of(), new PatientContext(), little);
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        NodeConnection connection = connector.connect(server.machine(USER_KEY));
        Stream stream = connection.openPort("127.0.0.1", listener.getLocalPort())) {
      server.server().getActiveSessions().forEach(it -> it.getIoSession().suspendRead());

      // More than the buffers of this machine take.
      assertThatThrownBy(() -> stream.output().write(new byte[64 * 1024 * 1024]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("nothing could be sent for 6 s");

      assertThatThrownBy(() -> connection.openPort("127.0.0.1", listener.getLocalPort()))
          .isInstanceOf(NodeUnreachableException.class);
    }
  }

  @Test
  void lostConnectionIsTransientAndDoesNotHang() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        NodeConnection connection = connect()) {
      Stream stream = connection.openPort("127.0.0.1", listener.getLocalPort());
      server.close();
      assertThatThrownBy(
              () -> {
                if (stream.input().read() < 0) {
                  throw new IOException("the stream ended");
                }
              })
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> connection.openPort("127.0.0.1", listener.getLocalPort()))
          .isInstanceOfSatisfying(
              NodeUnreachableException.class, e -> assertThat(e.isTransient()).isTrue())
          .hasMessageContaining("the connection was lost");
    }
  }
}
