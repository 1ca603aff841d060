package io.rke4j.core.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.spi.node.CommandResult;
import io.rke4j.spi.node.Machine;
import io.rke4j.testkit.PatientContext;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RemoteCommandsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** What is done over a connection to a host whose commands never end. */
  private interface Use {
    void with(SSHClient client, RemoteCommands commands) throws Exception;
  }

  private static void connected(String said, Use use) throws Exception {
    KeyPair user = SshServerForTests.ecdsa();
    KeyPair host = SshServerForTests.ecdsa();
    try (SshServerForTests server =
        new SshServerForTests(AcceptAllForwardingFilter.INSTANCE, user.getPublic(), host)) {
      server.server().setCommandFactory((channel, command) -> new EndlessCommand(said));
      Machine machine = server.machine(user);
      HostKeyPolicy policy =
          new HostKeyPolicy.Pinned(
              Map.of("[127.0.0.1]:" + server.port(), KeyUtils.getFingerPrint(host.getPublic())));
      Dialer dialer =
          new Dialer(policy, new DefaultConfig(), Optional.empty(), address -> SshPatience.USUAL);
      Login login = new Login(machine.address(), machine.ssh(), Login.DIRECT);
      try (SSHClient client = dialer.connect(login, new PatientContext())) {
        use.with(client, new RemoteCommands(machine.address(), client, SECOND, SECOND));
        assertThat(client.isConnected()).isTrue();
      }
    }
  }

  @Test
  void aCommandThatDoesNotEndIsNotWaitedForForEver() throws Exception {
    connected(
        "",
        (client, commands) -> {
          RemoteCommands.Outcome outcome = commands.run("df");

          assertThat(outcome.isSuccess()).isFalse();
          assertThat(outcome.result().exitCode()).isEqualTo(-1);
          assertThat(outcome.errors()).isEqualTo("it did not end within 1 s");
        });
  }

  @Test
  void neitherIsOneThatChangesSomethingAndWhatItPrintedIsKept() throws Exception {
    connected(
        "Reading package lists...\nWaiting for a lock\n",
        (client, commands) ->
            assertThat(commands.runAsRoot("install", new byte[] {1}, new PatientContext()))
                .isEqualTo(
                    new CommandResult(
                        -1,
                        "Reading package lists...\nWaiting for a lock\n"
                            + "it did not end within 1 s")));
  }
}
