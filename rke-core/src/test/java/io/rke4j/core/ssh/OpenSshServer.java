package io.rke4j.core.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.spi.node.Machine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/**
 * OpenSSH's own server as a process of whoever runs the tests, set to whatever a test wants. The
 * same user logs in.
 */
final class OpenSshServer implements AutoCloseable {

  static final String USER = System.getProperty("user.name");

  private static final Path PROGRAM = Path.of("/usr/sbin/sshd");

  private final KeyPair hostKey = SshServerForTests.ecdsa();
  private final int port = freePort();
  private final Path log;
  private final Process process;

  /**
   * Starts one; skips the test where the program is not installed.
   *
   * @param folder for its files
   * @param user the key that opens it
   * @param settings lines of its {@code sshd_config}, which count more than all others
   */
  OpenSshServer(Path folder, PublicKey user, String... settings)
      throws IOException, GeneralSecurityException, InterruptedException {
    assumeTrue(Files.isExecutable(PROGRAM), "no OpenSSH server on this machine");
    Path key = folder.resolve("host-key-" + port);
    Files.writeString(key, SshServerForTests.openSsh(hostKey, null));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Path allowed = folder.resolve("authorized-keys-" + port);
    Files.writeString(allowed, line(user) + "\n");
    List<String> lines = new ArrayList<>(List.of(settings));
    lines.addAll(
        List.of(
            "ListenAddress 127.0.0.1:" + port,
            "HostKey " + key,
            "AuthorizedKeysFile " + allowed,
            "PidFile none",
            "StrictModes no",
            "PermitRootLogin prohibit-password",
            "PasswordAuthentication no"));
    Path config = Files.write(folder.resolve("sshd-config-" + port), lines);
    log = folder.resolve("sshd-log-" + port);
    process =
        new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    while (!Files.readString(log).contains("Server listening")) {
      assertThat(process.waitFor(10, TimeUnit.MILLISECONDS))
          .as(() -> "sshd has ended: " + log())
          .isFalse();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** A public key as OpenSSH writes it. */
  static String line(PublicKey key) {
    return PublicKeyEntry.toString(key);
  }

  int port() {
    return port;
  }

  String knownHost() {
    return KnownHostsFile.line("127.0.0.1", port, hostKey.getPublic());
  }

  Machine machine(SshKey key) {
    return new Machine(
        NodeName.of("test"), "127.0.0.1", "127.0.0.1", new SshAccess(USER, port, key), "/socket");
  }

  @Override
  public void close() {
    // Those that serve connections are processes of their own.
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
