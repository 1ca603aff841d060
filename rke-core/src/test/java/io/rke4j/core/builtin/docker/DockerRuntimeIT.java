package io.rke4j.core.builtin.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.RuntimeSpec;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.container.ContainerDifference;
import io.rke4j.core.ssh.LabHost;
import io.rke4j.core.ssh.PatientContext;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.runtime.ContainerRuntime;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerSpecBuilder;
import io.rke4j.spi.runtime.ContainerState;
import io.rke4j.spi.runtime.ContainerState.Status;
import io.rke4j.spi.runtime.EngineException;
import io.rke4j.spi.runtime.HostFile;
import io.rke4j.spi.runtime.ImageUnavailableException;
import io.rke4j.spi.runtime.PortTakenException;
import io.rke4j.spi.runtime.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Docker runtime against a real Docker Engine behind a real sshd. */
class DockerRuntimeIT {

  private static final ImageRef IMAGE = new ImageRef("rancher/rke-tools:v0.1.80");

  @TempDir private static Path folder;
  private static NodeConnection connection;
  private static ContainerRuntime runtime;

  private final PatientContext context = new PatientContext();

  @BeforeAll
  static void connect() {
    LabHost host = LabHost.first();
    connection = host.connect(folder.resolve("known_hosts"));
    runtime =
        new DockerRuntimeProvider()
            .open(host.machine(), connection, new RuntimeSpec(Map.of(), false));
    runtime.ensureImage(IMAGE, new PatientContext());
  }

  @AfterAll
  static void disconnect() {
    if (runtime != null) {
      runtime.close();
      connection.close();
    }
  }

  @AfterEach
  void removeAll() {
    for (String name : List.of("it-main", "it-other", "old-it-main", "it-volumes")) {
      runtime.remove(name, context);
    }
  }

  private static ContainerSpecBuilder sleeper(String name) {
    return ContainerSpec.named(name, IMAGE).entrypoint(List.of("sleep", "3600"));
  }

  private ContainerState state() {
    return runtime.state("it-main").orElseThrow();
  }

  @Test
  void factsNameTheEngine() {
    assertThat(runtime.facts().version()).matches("\\d+\\.\\d+.*");
    assertThat(runtime.facts().rootDirectory()).isEqualTo("/var/lib/docker");
    assertThat(runtime.facts().cgroupDriver()).isNotEmpty();
  }

  @Test
  void missingImageIsNotTriedAgain() {
    ImageRef missing = new ImageRef("rancher/no-such-image:v1");
    assertThat(runtime.hasImage(missing)).isFalse();
    assertThatThrownBy(() -> runtime.ensureImage(missing, context))
        .isInstanceOfSatisfying(
            ImageUnavailableException.class, e -> assertThat(e.isTransient()).isFalse())
        .hasMessageContaining("rancher/no-such-image:v1");
    assertThat(context.notes()).isEmpty();
  }

  @Test
  void whatIsMadeReadsBackAsItWasWanted() {
    runtime.ensureCreated(
        ContainerSpec.named("it-volumes", IMAGE).network("none").build(), context);
    ContainerSpec spec =
        sleeper("it-main")
            .command(List.of("--ignored=1"))
            .env(List.of("A=1", "B=two words"))
            .binds(List.of("/etc/it:/etc/it:z", "/opt/it:/opt/it:shared,z", "/tmp:/host/tmp:ro"))
            .volumesFrom("it-volumes")
            .label("io.rancher.rke.container.name", "it-main")
            .user("0:0")
            .network("host")
            .hostPid()
            .restartAlways()
            .build();
    runtime.ensureCreated(spec, context);
    assertThat(state().status()).isEqualTo(Status.CREATED);
    assertThat(ContainerDifference.between(spec, state().definition())).isEmpty();
    assertThat(state().definition().program().env())
        .containsExactlyInAnyOrder("A=1", "B=two words");
    assertThat(state().definition().mounts().binds())
        .containsExactlyInAnyOrderElementsOf(spec.mounts().binds());
  }

  @Test
  void defaultsOfTheImageAreLeftOut() {
    ContainerSpec bare = ContainerSpec.named("it-main", IMAGE).build();
    runtime.ensureCreated(bare, context);
    assertThat(state().definition().program()).isEqualTo(bare.program());
    assertThat(state().definition()).isEqualTo(bare);
  }

  @Test
  void privilegedAndPublishedReadBack() {
    ContainerSpec spec =
        sleeper("it-main").privileged().publish(1337, List.of(42379, 42380)).build();
    runtime.ensureCreated(spec, context);
    assertThat(ContainerDifference.between(spec, state().definition())).isEmpty();
  }

  @Test
  void secondEnsureLeavesTheContainerAlone() {
    ContainerSpec spec = sleeper("it-main").restartAlways().build();
    runtime.ensureRunning(spec, context);
    String id = state().id();
    runtime.ensureRunning(spec, context);
    assertThat(state().id()).isEqualTo(id);
    assertThat(state().isRunning()).isTrue();
    assertThat(state().logPath()).startsWith("/var/lib/docker/containers/");
  }

  @Test
  void changedContainerIsReplaced() {
    runtime.ensureRunning(sleeper("it-main").env(List.of("A=1")).build(), context);
    String id = state().id();
    ContainerSpec changed = sleeper("it-main").env(List.of("A=2")).build();
    runtime.ensureRunning(changed, context);
    assertThat(state().id()).isNotEqualTo(id);
    assertThat(state().isRunning()).isTrue();
    assertThat(ContainerDifference.between(changed, state().definition())).isEmpty();
    assertThat(runtime.names()).contains("it-main").doesNotContain("old-it-main");
  }

  @Test
  void oldContainerComesBackIfTheNewOneDoesNotStart() {
    runtime.ensureRunning(sleeper("it-main").build(), context);
    String id = state().id();
    ContainerSpec broken =
        ContainerSpec.named("it-main", IMAGE).entrypoint(List.of("/no/such/program")).build();
    assertThatThrownBy(() -> runtime.ensureRunning(broken, context))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("/no/such/program");
    assertThat(state().id()).isEqualTo(id);
    assertThat(state().isRunning()).isTrue();
    assertThat(runtime.names()).doesNotContain("old-it-main");
  }

  @Test
  void missingNewImageLeavesTheOldContainerRunning() {
    runtime.ensureRunning(sleeper("it-main").build(), context);
    String id = state().id();
    ContainerSpec missing =
        ContainerSpec.named("it-main", new ImageRef("rancher/no-such-image:v1")).build();
    assertThatThrownBy(() -> runtime.ensureRunning(missing, context))
        .isInstanceOf(ImageUnavailableException.class);
    assertThat(state().id()).isEqualTo(id);
    assertThat(state().isRunning()).isTrue();
  }

  @Test
  void runCollectsBothOutputsAndTheExitCode() {
    RunResult result =
        runtime.run(
            ContainerSpec.named("it-main", IMAGE)
                .entrypoint(List.of("sh", "-c", "echo out; echo err >&2; exit 3"))
                .build(),
            context);
    assertThat(result).isEqualTo(new RunResult(3, "out\n", "err\n"));
    assertThat(runtime.state("it-main")).isEmpty();
  }

  @Test
  void cancelledRunEndsAtOnceAndCleansUp() {
    Thread canceller =
        new Thread(
            () -> {
              context.waitUntil(
                  "the container to run",
                  Duration.ofSeconds(20),
                  () ->
                      runtime.state("it-main").filter(ContainerState::isRunning).isPresent()
                          ? io.rke4j.spi.Observation.done()
                          : io.rke4j.spi.Observation.notYet("not there"));
              context.cancel();
            });
    canceller.start();
    assertThatThrownBy(() -> runtime.run(sleeper("it-main").build(), context))
        .isInstanceOf(OperationCancelledException.class);
    assertThat(runtime.state("it-main")).isEmpty();
  }

  @Test
  void filesGoUpAndComeDownWithTheirModes() {
    ContainerSpec carrier =
        ContainerSpec.named("it-main", IMAGE).binds(List.of("/tmp/it-files:/data")).build();
    List<HostFile> files =
        List.of(
            HostFile.folder("/data/ssl", 0700),
            HostFile.file("/data/ssl/key.pem", 0600, Secret.of("not a key: ä\n")),
            HostFile.file("/data/" + "long-name-".repeat(15), 0644, Secret.of("long")),
            HostFile.link("/data/latest", "ssl/key.pem"));
    runtime.writeFiles(carrier, files, context);
    assertThat(runtime.state("it-main")).isEmpty();

    runtime.ensureCreated(carrier, context);
    assertThat(runtime.files("it-main", "/data")).containsAll(files);
    assertThat(runtime.files("it-main", "/data/ssl/key.pem")).containsExactly(files.get(1));
    assertThat(runtime.files("it-main", "/data/absent")).isEmpty();
    assertThat(runtime.files("it-absent", "/data")).isEmpty();
    RunResult owner =
        runtime.run(
            ContainerSpec.named("it-other", IMAGE)
                .entrypoint(List.of("stat", "-c", "%u:%g %a", "/data/ssl/key.pem"))
                .binds(List.of("/tmp/it-files:/data"))
                .build(),
            context);
    assertThat(owner.standardOutput()).isEqualTo("0:0 600\n");
  }

  @Test
  void takenPortIsNamed() {
    runtime.ensureRunning(sleeper("it-other").publish(80, List.of(42381)).build(), context);
    assertThatThrownBy(
            () ->
                runtime.ensureRunning(
                    sleeper("it-main").publish(80, List.of(42381)).build(), context))
        .isInstanceOf(PortTakenException.class)
        .hasMessageContaining("42381");
  }

  @Test
  void lastLinesOfTheLogAreThere() {
    runtime.ensureRunning(
        ContainerSpec.named("it-main", IMAGE)
            .entrypoint(List.of("sh", "-c", "for i in 1 2 3; do echo line $i; done; sleep 3600"))
            .build(),
        context);
    context.waitUntil(
        "output",
        Duration.ofSeconds(10),
        () ->
            runtime.lastLogLines("it-main", 2).equals(List.of("line 2", "line 3"))
                ? io.rke4j.spi.Observation.done()
                : io.rke4j.spi.Observation.notYet(runtime.lastLogLines("it-main", 2).toString()));
    assertThat(runtime.lastLogLines("it-absent", 2)).isEmpty();
  }

  @Test
  void restartAndRemove() {
    runtime.ensureRunning(sleeper("it-main").build(), context);
    runtime.restart("it-main", context);
    assertThat(state().isRunning()).isTrue();
    runtime.remove("it-main", context);
    runtime.remove("it-main", context);
    assertThat(runtime.state("it-main")).isEmpty();
  }

  @Test
  void looksAreCheap() {
    runtime.ensureRunning(sleeper("it-main").build(), context);
    state();
    long start = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      state();
    }
    Duration hundred = Duration.ofNanos(System.nanoTime() - start);
    assertThat(hundred).isLessThan(Duration.ofSeconds(3));
  }
}
