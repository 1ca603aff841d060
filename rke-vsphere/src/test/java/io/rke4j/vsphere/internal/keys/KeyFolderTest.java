package io.rke4j.vsphere.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Secret;
import io.rke4j.vsphere.error.VsphereException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFolderTest {

  private static final NodeName NODE = NodeName.of("cp-1");

  @TempDir Path folder;

  private KeyFolder keys() {
    return new KeyFolder(folder.resolve("keys"));
  }

  @Test
  void aKeyIsMadeOnce() {
    SshKeyPair made = keys().host(NODE);

    assertThat(keys().host(NODE)).isEqualTo(made);
    assertThat(keys().login()).isNotEqualTo(made);
    assertThat(keys().host(NodeName.of("cp-2"))).isNotEqualTo(made);
  }

  @Test
  void onlyItsOwnerMayReadIt() throws Exception {
    keys().login();

    assertThat(permissions(keys().path())).isEqualTo("rwx------");
    assertThat(permissions(keys().loginFile())).isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(keys().path())) {
      assertThat(files).containsExactly(keys().loginFile());
    }
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void allWhoAskAtOnceGetTheSame() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<SshKeyPair> made =
          threads.invokeAll(Stream.generate(this::ask).limit(32).toList()).stream()
              .map(
                  future -> {
                    try {
                      return future.get();
                    } catch (Exception e) {
                      throw new AssertionError(e);
                    }
                  })
              .distinct()
              .toList();
      assertThat(made).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private Callable<SshKeyPair> ask() {
    return () -> keys().login();
  }

  @Test
  void aForgottenKeyIsMadeAnew() {
    SshKeyPair first = keys().host(NODE);
    keys().forget(NODE);
    keys().forget(NODE);

    assertThat(keys().host(NODE)).isNotEqualTo(first);
  }

  @Test
  void aFileThatIsNoKeyIsRefusedAndNotQuoted() throws Exception {
    Files.createDirectories(keys().path());
    Files.writeString(keys().loginFile(), "MARKER");

    assertThatThrownBy(() -> keys().login())
        .isInstanceOf(VsphereException.class)
        .hasMessageContaining("is not one that this driver has made")
        .hasMessageNotContaining("MARKER")
        .hasNoCause();
    assertThatThrownBy(
            () ->
                SshKeyPair.parse(
                    Secret.of(
                        "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE"
                            + " KEY-----\n")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void printsNoPrivateKey() {
    SshKeyPair key = SshKeyPair.generate();

    assertThat(key.toString()).contains(key.publicKey()).doesNotContain("PRIVATE");
  }

  @Test
  void opensshReadsIt() throws Exception {
    assumeThat(ssh("-A", "-f", folder.toString()).exit()).as("ssh-keygen is installed").isZero();
    // Often enough that some numbers begin with a zero, or with a one.
    for (int time = 0; time < 12; time++) {
      SshKeyPair key = keys().login();
      Outcome read = ssh("-y", "-f", keys().loginFile().toString());

      assertThat(read.exit()).as(read.output()).isZero();
      assertThat(read.output().strip()).isEqualTo(key.publicKey() + " rke4j");
      Files.delete(keys().loginFile());
    }
  }

  private record Outcome(int exit, String output) {}

  private static Outcome ssh(String... arguments) {
    try {
      Process process =
          new ProcessBuilder(Stream.concat(Stream.of("ssh-keygen"), Stream.of(arguments)).toList())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return new Outcome(process.exitValue(), output);
    } catch (IOException e) {
      return new Outcome(127, e.toString());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
