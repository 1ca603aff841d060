package io.rke4j.core.ssh;

import static io.rke4j.core.ssh.SshServerForTests.openSsh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rke4j.api.cluster.SshKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.concurrent.TimeUnit;

/** OpenSSH's own agent as a process. */
final class OpenSshAgent implements AutoCloseable {

  private final Path folder;
  private final Process process;

  /** Starts one with its socket in a folder; skips the test where the program is not installed. */
  OpenSshAgent(Path folder) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-agent")), "no ssh-agent on this machine");
    this.folder = folder;
    process =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket().toString())
            .redirectOutput(folder.resolve("agent.log").toFile())
            .start();
    while (!Files.exists(socket())) {
      assertThat(process.waitFor(10, TimeUnit.MILLISECONDS)).as("the agent has ended").isFalse();
    }
  }

  Path socket() {
    return folder.resolve("agent");
  }

  /** Its keys open hosts. */
  SshKey key() {
    return SshKey.agent(socket());
  }

  void add(KeyPair key) throws Exception {
    Path file = Files.writeString(folder.resolve("key"), openSsh(key, null));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", file.toString());
    add.environment().put("SSH_AUTH_SOCK", socket().toString());
    assertThat(add.start().waitFor()).isZero();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
