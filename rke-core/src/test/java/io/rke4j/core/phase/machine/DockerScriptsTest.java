package io.rke4j.core.phase.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.core.resource.Resource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripts in a real shell, with a folder for the host and programs that only take notes. */
@Timeout(60)
class DockerScriptsTest {

  @TempDir private Path host;

  @BeforeEach
  void aHostWithSystemd() throws IOException {
    Files.createDirectories(host.resolve("run/systemd/system"));
    Files.createDirectories(host.resolve("etc/systemd/system"));
    program("dockerd", "");
    program("systemctl", "echo \"$1 $(ls '%1$s/etc/docker')\" >>'%1$s/notes'".formatted(host));
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.createDirectories(host.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void theEngineIsRestartedWithAllItsFilesAndThenNothingIsLeftOfTheChange() throws Exception {
    assertThat(configure(line("server.pem") + line("daemon.json") + ".\n")).isZero();

    assertThat(files()).containsExactly("daemon.json", "server.pem");
    assertThat(Files.readString(host.resolve("etc/docker/daemon.json"))).isEqualTo("daemon.json!");
    assertThat(Files.readString(dropIn())).contains("ExecStart=" + host.resolve("bin/dockerd"));
    assertThat(Files.readString(host.resolve("notes")))
        .contains("daemon-reload daemon.json", "restart daemon.json");
    assertThat(facts()).contains("settings=").doesNotContain("setup=");
  }

  @Test
  void aRestartThatFailsLeavesAMark() throws Exception {
    program("systemctl", "[ \"$1\" != restart ]");

    assertThat(configure(line("daemon.json") + ".\n")).isNotZero();
    assertThat(facts()).contains("setup=unfinished");

    program("systemctl", "");
    assertThat(configure(line("daemon.json") + ".\n")).isZero();
    assertThat(facts()).doesNotContain("setup=");
  }

  @Test
  void filesThatArriveOnlyInPartAreNoReasonForARestart() throws Exception {
    assertThat(configure(line("ca.pem") + "daemon.json 644 ey")).isEqualTo(75);

    assertThat(files()).containsExactly(".rke4j-unfinished", "ca.pem");
    assertThat(host.resolve("notes")).doesNotExist();
    assertThat(dropIn()).exists();
    assertThat(facts()).contains("setup=unfinished");
  }

  private static String line(String name) {
    byte[] content = (name + "!").getBytes(StandardCharsets.UTF_8);
    return name + " 644 " + Base64.getEncoder().encodeToString(content) + "\n";
  }

  private Path dropIn() {
    return host.resolve("etc/systemd/system/docker.service.d/10-rke4j.conf");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(host.resolve("etc/docker"))) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private int configure(String input) throws Exception {
    Process process = run("configure-docker.sh", "ours");
    try (OutputStream standardInput = process.getOutputStream()) {
      standardInput.write(input.getBytes(StandardCharsets.US_ASCII));
    }
    return process.waitFor();
  }

  private String facts() throws Exception {
    Process process = run("docker-facts.sh", host.resolve("docker.sock").toString());
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Process run(String script, String argument) throws IOException {
    String text =
        Resource.text(ConfigureDocker.class, script)
            .replace("/etc/", host + "/etc/")
            .replace("/run/systemd", host + "/run/systemd");
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", text, "sh", argument);
    shell.environment().put("PATH", host.resolve("bin") + ":" + System.getenv("PATH"));
    return shell.redirectErrorStream(true).start();
  }
}
