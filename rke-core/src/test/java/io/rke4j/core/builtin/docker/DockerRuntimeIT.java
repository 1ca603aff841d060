package io.rke4j.core.builtin.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.RuntimeSpec;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.ssh.LabHost;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.runtime.ContainerRuntime;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineException;
import io.rke4j.spi.runtime.HostFile;
import io.rke4j.spi.runtime.RunResult;
import io.rke4j.testkit.contract.ContainerRuntimeContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Docker runtime against a real Docker Engine behind a real sshd. */
class DockerRuntimeIT extends ContainerRuntimeContract {

  private static final String MAIN = "contract-main";
  private static final ImageRef IMAGE = new ImageRef("rancher/rke-tools:v0.1.80");

  @TempDir private static Path folder;
  private static NodeConnection connection;
  private static ContainerRuntime runtime;

  @BeforeAll
  static void connect() {
    LabHost host = LabHost.first();
    connection = host.connect(folder.resolve("known_hosts"));
    runtime =
        new DockerRuntimeProvider()
            .open(host.machine(), connection, new RuntimeSpec(Map.of(), false));
  }

  @AfterAll
  static void disconnect() {
    if (runtime != null) {
      runtime.close();
      connection.close();
    }
  }

  @Override
  protected ContainerRuntime runtime() {
    return runtime;
  }

  @Override
  protected ImageRef image() {
    return IMAGE;
  }

  @Override
  protected ImageRef missingImage() {
    return new ImageRef("rancher/no-such-image:v1");
  }

  @Test
  void oldContainerComesBackIfTheNewOneDoesNotStart() {
    runtime.ensureRunning(sleeper(MAIN).build(), context);
    String id = state().id();
    ContainerSpec broken =
        ContainerSpec.named(MAIN, IMAGE).entrypoint(List.of("/no/such/program")).build();
    assertThatThrownBy(() -> runtime.ensureRunning(broken, context))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("/no/such/program");
    assertThat(state().id()).isEqualTo(id);
    assertThat(state().isRunning()).isTrue();
    assertThat(runtime.names()).doesNotContain("old-" + MAIN);
  }

  @Test
  void bothOutputsAreKeptApart() {
    RunResult result = shell("echo out; echo err >&2; exit 3");
    assertThat(result).isEqualTo(new RunResult(3, "out\n", "err\n"));
  }

  @Test
  void filesAreRoots() {
    ContainerSpec carrier =
        ContainerSpec.named(MAIN, IMAGE).binds(List.of("/tmp/rke4j-contract:/data")).build();
    HostFile key = HostFile.file("/data/ssl/key.pem", 0600, Secret.of("not a key"));
    runtime.writeFiles(carrier, List.of(HostFile.folder("/data/ssl", 0700), key), context);
    assertThat(shell("stat -c '%u:%g %a' /data/ssl/key.pem").standardOutput())
        .isEqualTo("0:0 600\n");
  }

  private RunResult shell(String script) {
    return runtime.run(
        ContainerSpec.named(MAIN, IMAGE)
            .entrypoint(List.of("sh", "-c", script))
            .binds(List.of("/tmp/rke4j-contract:/data"))
            .build(),
        context);
  }

  @Test
  void logsLieWhereTheEngineSays() {
    runtime.ensureRunning(sleeper(MAIN).build(), context);
    assertThat(state().logPath()).startsWith("/var/lib/docker/containers/");
  }

  @Test
  void looksAreCheap() {
    runtime.ensureRunning(sleeper(MAIN).build(), context);
    state();
    long start = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      state();
    }
    Duration hundred = Duration.ofNanos(System.nanoTime() - start);
    assertThat(hundred).isLessThan(Duration.ofSeconds(3));
  }
}
