package io.rke4j.core.ssh;

import static io.rke4j.core.ssh.SshServerForTests.ecdsa;
import static io.rke4j.core.ssh.SshServerForTests.openSsh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.Bastion;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SshCertificate;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.api.error.RkeException;
import io.rke4j.spi.node.ForwardingForbiddenException;
import io.rke4j.spi.node.LoginRejectedException;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.node.NodeUnreachableException;
import io.rke4j.spi.node.Stream;
import io.rke4j.testkit.PatientContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The connector against OpenSSH's own servers, a bastion host and a host behind it: whatever they
 * are set to, the host is reached, or the line to change is named. Both have ports of their own.
 */
@Timeout(60)
class OpenSshSettingsTest {

  private static final String ANY_LINES = "|";

  @TempDir private Path folder;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private KeyPair userKey;

  @BeforeEach
  void makeKey() throws Exception {
    userKey = ecdsa();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int last = opened.size() - 1; last >= 0; last--) {
      opened.get(last).close();
    }
  }

  private OpenSshServer server(String... settings) throws Exception {
    OpenSshServer server = new OpenSshServer(folder, userKey.getPublic(), settings);
    opened.add(server);
    Files.writeString(
        knownHosts(),
        server.knownHost() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return server;
  }

  private Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  private SshKey key() throws Exception {
    return new SshKey.Inline(Secret.of(openSsh(userKey, null)));
  }

  private NodeConnection connect(SshKey key, OpenSshServer host, OpenSshServer... bastions) {
    SshConnector connector =
        new SshConnector(
            new HostKeyPolicy.KnownHosts(knownHosts()),
            List.of(bastions).stream().map(each -> bastion(each.machine(key))).toList(),
            new PatientContext());
    opened.add(connector);
    NodeConnection connection = connector.connect(host.machine(key));
    opened.add(connection);
    return connection;
  }

  private static Bastion bastion(Machine machine) {
    return new Bastion(machine.address(), machine.ssh());
  }

  /** Everything that a run does over a connection, twice, with streams kept as an engine's are. */
  private void assertWorks(NodeConnection connection) throws IOException {
    Path socket = folder.resolve("engine-" + opened.size());
    try (ServerSocketChannel engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        ServerSocket health = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      engine.bind(UnixDomainSocketAddress.of(socket));
      List<Stream> kept = new ArrayList<>();
      for (int round = 0; round < 2; round++) {
        kept.add(connection.openSocket(socket.toString()));
        kept.add(connection.openPort("127.0.0.1", health.getLocalPort()));
        assertThat(connection.read("echo \"$1\"", List.of("seen"))).isEqualTo("seen");
        assertThat(connection.runAsRoot("cat", List.of(), bytes("done"), new PatientContext()))
            .extracting(result -> result.output())
            .isEqualTo("done");
      }
      for (Stream stream : kept) {
        stream.close();
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MaxSessions 1",
        "MaxStartups 1",
        "PermitTTY no|AllowAgentForwarding no|X11Forwarding no",
        "LoginGraceTime 5|MaxAuthTries 1"
      })
  void allThatARunDoesWorksWithSettings(String settings) throws Exception {
    assertWorks(connect(key(), server(settings.split("\\" + ANY_LINES, -1))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MaxSessions 0|MaxStartups 1",
        "AllowStreamLocalForwarding no",
        "AllowTcpForwarding local",
        "ForceCommand /bin/false|PermitTTY no"
      })
  void allThatARunDoesWorksBehindABastionHostWithSettings(String settings) throws Exception {
    OpenSshServer bastion = server(settings.split("\\" + ANY_LINES, -1));
    assertWorks(connect(key(), server("MaxSessions 1"), bastion));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AllowTcpForwarding no",
        "AllowTcpForwarding remote",
        "DisableForwarding yes",
        "PermitOpen 127.0.0.1:1"
      })
  void bastionHostThatForwardsNothingIsNamedWithTheLine(String setting) throws Exception {
    OpenSshServer bastion = server(setting);
    OpenSshServer host = server();
    assertThatThrownBy(() -> connect(key(), host, bastion))
        .isInstanceOf(ForwardingForbiddenException.class)
        .hasMessageStartingWith("sshd on bastion host 127.0.0.1:" + bastion.port() + " forbids")
        .hasMessageContaining(setting.replaceFirst(" .*", ""))
        .hasMessageContaining("AllowTcpForwarding yes");
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void whoFindsNoRoomForALoginIsToldTheLine(boolean atTheBastionHost) throws Exception {
    OpenSshServer bastion = server(atTheBastionHost ? "MaxStartups 1" : "MaxStartups 2");
    OpenSshServer host = server(atTheBastionHost ? "MaxStartups 2" : "MaxStartups 1");
    OpenSshServer full = atTheBastionHost ? bastion : host;
    try (Socket somebody = new Socket(InetAddress.getLoopbackAddress(), full.port())) {
      assertThat(somebody.getInputStream().readNBytes(4)).asString().isEqualTo("SSH-");
      assertThatThrownBy(() -> connect(key(), host, bastion))
          .isInstanceOfSatisfying(
              NodeUnreachableException.class,
              e -> {
                assertThat(e.isTransient()).isTrue();
                assertThat(e.hint()).contains("'MaxStartups 100:30:200'");
              })
          .hasMessageStartingWith(
              "cannot connect to %s127.0.0.1:%d"
                  .formatted(atTheBastionHost ? "bastion host " : "", full.port()));
    }
  }

  @Test
  void agentAloneOpensBastionHostAndHost() throws Exception {
    OpenSshServer bastion = server();
    OpenSshServer host = server();
    OpenSshAgent agent = new OpenSshAgent(folder);
    opened.add(agent);
    assertThatThrownBy(() -> connect(agent.key(), host, bastion))
        .isInstanceOf(LoginRejectedException.class)
        .hasMessageContaining("the agent has none");
    agent.add(ecdsa());
    assertThatThrownBy(() -> connect(agent.key(), host, bastion))
        .isInstanceOf(LoginRejectedException.class)
        .hasMessageStartingWith("bastion host 127.0.0.1:" + bastion.port());
    agent.add(userKey);
    assertWorks(connect(agent.key(), host, bastion));
  }

  @Test
  void whoHasMoreKeysThanMayBeTriedIsToldTheLine() throws Exception {
    OpenSshServer host = server("MaxAuthTries 2");
    OpenSshAgent agent = new OpenSshAgent(folder);
    opened.add(agent);
    for (int others = 0; others < 3; others++) {
      agent.add(ecdsa());
    }
    agent.add(userKey);
    assertThatThrownBy(() -> connect(agent.key(), host))
        .isInstanceOf(LoginRejectedException.class)
        .hasMessageContaining("MaxAuthTries 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsa", "ecdsa"})
  void certificateAloneOpensBastionHostAndHost(String kind) throws Exception {
    Path authority = sshKey("authority", "ed25519");
    Path own = sshKey("own", kind);
    sign(authority, own);
    String[] trusting = {"TrustedUserCAKeys " + authority + ".pub", "AuthorizedKeysFile none"};
    OpenSshServer bastion = server(trusting);
    OpenSshServer host = server(trusting);
    SshKey plain = SshKey.file(own);
    assertThatThrownBy(() -> connect(plain, host, bastion))
        .isInstanceOf(LoginRejectedException.class)
        .hasMessageContaining("TrustedUserCAKeys");
    SshCertificate certificate = new SshCertificate.FromFile(Path.of(own + "-cert.pub"));
    assertWorks(connect(plain.certifiedBy(certificate), host, bastion));
  }

  @Test
  void certificateThatMayNotForwardIsNamed() throws Exception {
    Path authority = sshKey("authority", "ed25519");
    Path own = sshKey("own", "ed25519");
    sign(authority, own, "-O", "no-port-forwarding");
    OpenSshServer bastion = server("TrustedUserCAKeys " + authority + ".pub");
    OpenSshServer host = server("TrustedUserCAKeys " + authority + ".pub");
    SshCertificate certificate = new SshCertificate.FromFile(Path.of(own + "-cert.pub"));
    assertThatThrownBy(() -> connect(SshKey.file(own).certifiedBy(certificate), host, bastion))
        .isInstanceOf(ForwardingForbiddenException.class)
        .hasMessageContaining("permit-port-forwarding");
  }

  private Path sshKey(String name, String kind) throws Exception {
    Path file = folder.resolve(name);
    run("ssh-keygen", "-q", "-t", kind, "-N", "", "-f", file.toString());
    return file;
  }

  private static void sign(Path authority, Path key, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("ssh-keygen", "-q", "-s", authority.toString()));
    words.addAll(List.of("-I", "test", "-n", OpenSshServer.USER, "-V", "-1m:+10m"));
    words.addAll(List.of(options));
    words.add(key + ".pub");
    run(words.toArray(String[]::new));
  }

  private static void run(String... words) throws Exception {
    assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "PubkeyAuthentication no, PubkeyAuthentication yes",
    "'AuthenticationMethods publickey,password|PasswordAuthentication yes', AuthenticationMethods",
    "AllowUsers nobody-else, AllowUsers"
  })
  void loginThatIsRefusedIsNamedWithTheLine(String settings, String line) throws Exception {
    OpenSshServer host = server(settings.split("\\" + ANY_LINES, -1));
    assertThatThrownBy(() -> connect(key(), host))
        .isInstanceOfSatisfying(
            LoginRejectedException.class,
            e -> assertThat(((RkeException) e).getMessage()).contains(line));
  }

  /** The key alone, as one that nobody gave a certificate. */
  @Test
  void keyThatMayNotForwardIsNamed() throws Exception {
    PublicKey restricted = userKey.getPublic();
    OpenSshServer bastion = server("AuthorizedKeysFile " + folder.resolve("restricted"));
    Files.writeString(
        folder.resolve("restricted"), "restrict " + OpenSshServer.line(restricted) + "\n");
    OpenSshServer host = server();
    assertThatThrownBy(() -> connect(key(), host, bastion))
        .isInstanceOf(ForwardingForbiddenException.class)
        .hasMessageContaining("authorized_keys");
  }
}
