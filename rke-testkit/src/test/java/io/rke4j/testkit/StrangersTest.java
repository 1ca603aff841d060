package io.rke4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.testkit.Stranger.Said;
import io.rke4j.testkit.host.FileEntry;
import io.rke4j.testkit.host.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type, with programs that others wrote. Skipped where one is missing. */
class StrangersTest {

  private static SimulatedFleet fleet;
  private static SimulatedHost host;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    fleet = SimulatedFleet.of(1);
    host = fleet.host(0);
  }

  @AfterAll
  static void end() {
    fleet.close();
  }

  @BeforeEach
  void forgetFiles() {
    host.files().remove("/data");
    host.files().put("/data/notes.txt", FileEntry.file(0640, "one\n"));
  }

  private Stranger stranger(String name) throws IOException {
    return Stranger.named(name, host, folder);
  }

  private static String ok(Said said) {
    assertThat(said.code()).as(said.text()).isZero();
    return said.text();
  }

  @Test
  void sshRunsCommands() throws Exception {
    Stranger ssh = stranger("ssh");
    assertThat(ok(ssh.run(host.address(), "hostname"))).isEqualTo("host-1\n");
    assertThat(ok(ssh.run(host.address(), "cat /data/notes.txt"))).isEqualTo("one\n");
    Said unknown = ssh.run(host.address(), "reboot --now");
    assertThat(unknown.code()).isEqualTo(127);
    assertThat(unknown.text()).contains("reboot: not found");
  }

  private String sftp(String... commands) throws Exception {
    Path batch = Files.writeString(folder.resolve("batch"), String.join("\n", commands) + "\n");
    return ok(stranger("sftp").run("-b", batch.toString(), host.address()));
  }

  @Test
  void sftpBringsFilesThereAndBackWithTheirModes() throws Exception {
    String large = "0123456789abcdef".repeat(40_000);
    Files.writeString(folder.resolve("large"), large);
    sftp(
        "put large /data/large",
        "chmod 600 /data/large",
        "chown 52034 /data/large",
        "get /data/large back",
        "get /data/notes.txt notes");
    assertThat(host.files().text("/data/large")).contains(large);
    FileEntry entry = host.files().find("/data/large").orElseThrow();
    assertThat(entry.mode()).isEqualTo(0600);
    assertThat(entry.uid()).isEqualTo(52034);
    assertThat(folder.resolve("back")).hasContent(large);
    assertThat(folder.resolve("notes")).hasContent("one\n");
  }

  @Test
  void sftpListsMakesRenamesLinksAndRemoves() throws Exception {
    String said =
        sftp(
            "pwd",
            "cd /data",
            "mkdir deep",
            "mkdir deep/down",
            "rename notes.txt deep/down/words.txt",
            "ln -s deep/down latest",
            "ls -l /data",
            "ls latest",
            "rename deep other",
            "rm latest",
            "mkdir empty",
            "rmdir empty");
    assertThat(said)
        .contains("Remote working directory: /\n", "latest/words.txt")
        .containsPattern("drwxr-xr-x .* deep")
        .containsPattern("lrwxrwxrwx .* latest");
    assertThat(host.files().below("/data"))
        .containsOnlyKeys("/data/other", "/data/other/down", "/data/other/down/words.txt");
  }

  @Test
  void sftpIsToldWhatItMayNotDo() throws Exception {
    Stranger sftp = stranger("sftp");
    for (List<String> wrong :
        List.of(
            List.of("get /data/none", "not found"),
            List.of("rmdir /data", "Failure"),
            List.of("mkdir /data", "Failure"),
            List.of("put batch /none/batch", "No such file"))) {
      Path batch = Files.writeString(folder.resolve("batch"), wrong.get(0) + "\n");
      Said said = sftp.run("-b", batch.toString(), host.address());
      assertThat(said.code()).as(said.text()).isNotZero();
      assertThat(said.text()).containsIgnoringCase(wrong.get(1));
    }
    assertThat(host.files().text("/data/notes.txt")).contains("one\n");
  }

  @Test
  void scpCopiesFolders() throws Exception {
    Files.createDirectories(folder.resolve("tree/inner"));
    Files.writeString(folder.resolve("tree/inner/file"), "hello\n");
    Stranger scp = stranger("scp");
    // Older ones need to be told to speak SFTP.
    ok(scp.run("-s", "-r", "tree", host.address() + ":/data/tree"));
    assertThat(host.files().text("/data/tree/inner/file")).contains("hello\n");
    ok(scp.run("-s", "-r", host.address() + ":/data/tree", "copy"));
    assertThat(folder.resolve("copy/inner/file")).hasContent("hello\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"20.10.24", "28.5.1"})
  void dockerPullsRunsShowsAndRemoves(String engine) throws Exception {
    try (SimulatedFleet hosts = SimulatedFleet.builder().engine(engine).start()) {
      Stranger docker = Stranger.named("docker", hosts.host(0), folder);
      assertThat(ok(docker.run("info"))).contains("Server Version: " + engine, "Name: host-1");
      assertThat(ok(docker.run("pull", "busybox:1.36"))).contains("busybox:1.36");
      assertThat(ok(docker.run("images"))).contains("busybox");
      assertThat(ok(docker.run("run", "--rm", "busybox:1.36", "echo", "hello")))
          .isEqualTo("hello\n");
      ok(docker.run("run", "-d", "--name", "web", "-p", "8080:80", "busybox:1.36", "sleep", "99"));
      assertThat(ok(docker.run("ps"))).contains("web", "0.0.0.0:8080->80/tcp", "Up ");
      assertThat(ok(docker.run("inspect", "--format", "{{.State.Running}} {{.Config.Cmd}}", "web")))
          .isEqualTo("true [sleep 99]\n");
      assertThat(ok(docker.run("exec", "web", "echo", "inside"))).isEqualTo("inside\n");
      assertThat(docker.run("exec", "web", "false").code()).isEqualTo(1);
      ok(docker.run("rm", "--force", "web"));
      assertThat(ok(docker.run("ps", "--all", "--quiet"))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"20.10.24", "28.5.1"})
  void dockerShowsLogsAndCopiesFiles(String engine) throws Exception {
    try (SimulatedFleet hosts = SimulatedFleet.builder().engine(engine).start()) {
      FileTree files = hosts.host(0).files();
      files.put("/data/notes.txt", FileEntry.file(0640, "one\n"));
      Stranger docker = Stranger.named("docker", hosts.host(0), folder);
      ok(docker.run("pull", "busybox:1.36"));
      ok(docker.run("run", "--name", "said", "busybox:1.36", "echo", "one two"));
      assertThat(ok(docker.run("logs", "said"))).isEqualTo("one two\n");
      assertThat(ok(docker.run("wait", "said"))).isEqualTo("0\n");
      Files.writeString(folder.resolve("there"), "copied\n");
      ok(
          docker.run(
              "run", "-d", "--name", "box", "-v", "/data:/box", "busybox:1.36", "sleep", "9"));
      ok(docker.run("cp", "there", "box:/box/there"));
      assertThat(files.text("/data/there")).contains("copied\n");
      ok(docker.run("cp", "box:/box/notes.txt", "back"));
      assertThat(folder.resolve("back")).hasContent("one\n");
      ok(docker.run("rm", "--force", "said", "box"));
      Said missing = docker.run("logs", "said");
      assertThat(missing.text()).contains("No such container: said");
    }
  }
}
