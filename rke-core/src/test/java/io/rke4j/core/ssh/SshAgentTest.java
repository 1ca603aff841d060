package io.rke4j.core.ssh;

import static io.rke4j.core.ssh.SshServerForTests.ecdsa;
import static io.rke4j.core.ssh.SshServerForTests.rsa;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.spi.node.LoginRejectedException;
import io.rke4j.testkit.PatientContext;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
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
  private OpenSshAgent agent;

  @BeforeEach
  void startAgent() throws Exception {
    agent = new OpenSshAgent(folder);
  }

  @AfterEach
  void stopAgent() {
    if (agent != null) {
      agent.close();
    }
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
    agent.add(ecdsa());
    agent.add(right);
    try (SshServerForTests server =
        new SshServerForTests(AcceptAllForwardingFilter.INSTANCE, right.getPublic(), hostKey)) {
      connect(server, agent.key(), hostKey);
    }
  }

  @Test
  void anAgentThatHasNoneOrOnlyOthersSaysSo() throws Exception {
    KeyPair hostKey = ecdsa();
    try (SshServerForTests server =
        new SshServerForTests(AcceptAllForwardingFilter.INSTANCE, ecdsa().getPublic(), hostKey)) {
      assertThatThrownBy(() -> connect(server, agent.key(), hostKey))
          .isInstanceOf(LoginRejectedException.class)
          .hasMessageContaining("the keys of the SSH agent at " + agent.socket())
          .hasMessageContaining("ssh-add");
      agent.add(ecdsa());
      assertThatThrownBy(() -> connect(server, agent.key(), hostKey))
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
