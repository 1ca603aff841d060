package io.rke4j.core.ssh;

import static io.rke4j.core.ssh.SshServerForTests.ecdsa;
import static io.rke4j.core.ssh.SshServerForTests.openSsh;
import static io.rke4j.core.ssh.SshServerForTests.rsa;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.spi.node.LoginRejectedException;
import io.rke4j.testkit.PatientContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against OpenSSH's own agent. */
@Timeout(60)
class SshAgentTest {

  @TempDir private Path folder;
  private @Nullable Process agent;

  @BeforeEach
  void startAgent() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-agent")), "no ssh-agent on this machine");
    Process started =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket().toString())
            .redirectOutput(folder.resolve("agent.log").toFile())
            .start();
    agent = started;
    while (!Files.exists(socket())) {
      assertThat(started.waitFor(10, TimeUnit.MILLISECONDS)).as("the agent has ended").isFalse();
    }
  }

  @AfterEach
  void stopAgent() {
    if (agent != null) {
      agent.destroy();
    }
  }

  private Path socket() {
    return folder.resolve("agent");
  }

  private void add(KeyPair key) throws Exception {
    Path file = Files.writeString(folder.resolve("key"), openSsh(key, null));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", file.toString());
    add.environment().put("SSH_AUTH_SOCK", socket().toString());
    assertThat(add.start().waitFor()).isZero();
  }

  private static void connect(SshServerForTests server, SshKey key, KeyPair hostKey) {
    HostKeyPolicy policy =
        new HostKeyPolicy.Pinned(
            Map.of(
                "[127.0.0.1]:" + server.port(), KnownHostsFile.fingerprint(hostKey.getPublic())));
    try (SshConnector connector = new SshConnector(policy, List.of(), new PatientContext())) {
      connector.connect(server.machine(key)).close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ecdsa"})
  void theRightOneOfItsKeysOpensTheHost(String kind) throws Exception {
    KeyPair hostKey = ecdsa();
    KeyPair right = kind.equals("rsa") ? rsa() : ecdsa();
    add(ecdsa());
    add(right);
    try (SshServerForTests server =
        new SshServerForTests(AcceptAllForwardingFilter.INSTANCE, right.getPublic(), hostKey)) {
      connect(server, SshKey.agent(socket()), hostKey);
    }
  }

  @Test
  void anAgentThatHasNoneOrOnlyOthersSaysSo() throws Exception {
    KeyPair hostKey = ecdsa();
    try (SshServerForTests server =
        new SshServerForTests(AcceptAllForwardingFilter.INSTANCE, ecdsa().getPublic(), hostKey)) {
      assertThatThrownBy(() -> connect(server, SshKey.agent(socket()), hostKey))
          .isInstanceOf(LoginRejectedException.class)
          .hasMessageContaining("the keys of the SSH agent at " + socket())
          .hasMessageContaining("ssh-add");
      add(ecdsa());
      assertThatThrownBy(() -> connect(server, SshKey.agent(socket()), hostKey))
          .isInstanceOf(LoginRejectedException.class)
          .hasMessageContaining("the server refused it");
    }
  }

  @Test
  void anAbsentAgentIsNamed() throws Exception {
    Path nowhere = folder.resolve("nowhere");
    KeyPair hostKey = ecdsa();
    try (SshServerForTests server =
        new SshServerForTests(AcceptAllForwardingFilter.INSTANCE, ecdsa().getPublic(), hostKey)) {
      assertThatThrownBy(() -> connect(server, SshKey.agent(nowhere), hostKey))
          .isInstanceOf(LoginRejectedException.class)
          .hasMessageContaining("the keys of the SSH agent at " + nowhere)
          .hasMessageContaining("no agent answers there");
    }
  }
}
