package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.container.ContainerDifference;
import io.rke4j.core.ssh.PatientContext;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.runtime.ContainerRuntime;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerSpecBuilder;
import io.rke4j.spi.runtime.ContainerState;
import io.rke4j.spi.runtime.ContainerState.Status;
import io.rke4j.spi.runtime.HostFile;
import io.rke4j.spi.runtime.ImageUnavailableException;
import io.rke4j.spi.runtime.PortTakenException;
import io.rke4j.spi.runtime.RunResult;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedDockerTest {

  private static final ImageRef IMAGE = new ImageRef("rancher/rke-tools:v0.1.80");

  private final PatientContext context = new PatientContext();
  private SimulatedFleet fleet;
  private SimulatedHost host;
  private NodeConnection connection;
  private ContainerRuntime runtime;

  @BeforeEach
  void connect() {
    fleet = SimulatedFleet.of(1);
    host = fleet.host(0);
    connection = Connected.to(fleet, host);
    runtime = Connected.runtime(host, connection);
    runtime.ensureImage(IMAGE, context);
  }

  @AfterEach
  void close() {
    runtime.close();
    connection.close();
    fleet.close();
  }

  private static ContainerSpecBuilder sleeper(String name) {
    return ContainerSpec.named(name, IMAGE).entrypoint(List.of("sleep", "3600"));
  }

  private ContainerState state() {
    return runtime.state("main").orElseThrow();
  }

  @Test
  void factsAreThoseOfTheHost() {
    assertThat(runtime.facts().version()).isEqualTo("20.10.24");
    assertThat(runtime.facts().rootDirectory()).isEqualTo("/var/lib/docker");
  }

  @Test
  void refusedImagesAreRefusedAsByARegistry() {
    ImageRef missing = new ImageRef("rancher/no-such-image:v1");
    fleet
        .registries()
        .refuse(
            missing.value(), "manifest for rancher/no-such-image:v1 not found: manifest unknown");
    assertThat(runtime.hasImage(missing)).isFalse();
    assertThatThrownBy(() -> runtime.ensureImage(missing, context))
        .isInstanceOfSatisfying(
            ImageUnavailableException.class, e -> assertThat(e.isTransient()).isFalse());
    assertThatThrownBy(() -> runtime.requirePullable(missing))
        .isInstanceOf(ImageUnavailableException.class);
    runtime.requirePullable(IMAGE);
  }

  @Test
  void whatIsMadeReadsBackAsItWasWanted() {
    runtime.ensureCreated(ContainerSpec.named("volumes", IMAGE).network("none").build(), context);
    ContainerSpec spec =
        sleeper("main")
            .command(List.of("--ignored=1"))
            .env(List.of("A=1", "B=two words"))
            .binds(List.of("/etc/it:/etc/it:z", "/opt/it:/opt/it:shared,z", "/tmp:/host/tmp:ro"))
            .volumesFrom("volumes")
            .label("io.rancher.rke.container.name", "main")
            .user("0:0")
            .network("host")
            .hostPid()
            .restartAlways()
            .build();
    runtime.ensureCreated(spec, context);
    assertThat(state().status()).isEqualTo(Status.CREATED);
    assertThat(ContainerDifference.between(spec, state().definition())).isEmpty();
    ContainerSpec bare = ContainerSpec.named("bare", IMAGE).build();
    runtime.ensureCreated(bare, context);
    assertThat(runtime.state("bare").orElseThrow().definition()).isEqualTo(bare);
  }

  @Test
  void changedContainersAreReplacedAndOthersLeftAlone() {
    ContainerSpec spec = sleeper("main").env(List.of("A=1")).restartAlways().build();
    runtime.ensureRunning(spec, context);
    String id = state().id();
    runtime.ensureRunning(spec, context);
    assertThat(state().id()).isEqualTo(id);
    assertThat(state().isRunning()).isTrue();
    ContainerSpec changed = sleeper("main").env(List.of("A=2")).restartAlways().build();
    runtime.ensureRunning(changed, context);
    assertThat(state().id()).isNotEqualTo(id);
    assertThat(ContainerDifference.between(changed, state().definition())).isEmpty();
    assertThat(runtime.names()).containsExactly("main");
  }

  @Test
  void runCollectsOutputAndExitCode() {
    RunResult result =
        runtime.run(
            ContainerSpec.named("main", IMAGE)
                .entrypoint(List.of("cat", "/etc/hostname", "/none"))
                .network("host")
                .build(),
            context);
    assertThat(result)
        .isEqualTo(new RunResult(1, "host-1\n", "cat: /none: No such file or directory\n"));
    assertThat(runtime.names()).isEmpty();
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
                      runtime.state("main").filter(ContainerState::isRunning).isPresent()
                          ? Observation.done()
                          : Observation.notYet("not there"));
              context.cancel();
            });
    canceller.start();
    assertThatThrownBy(() -> runtime.run(sleeper("main").build(), context))
        .isInstanceOf(OperationCancelledException.class);
    assertThat(runtime.state("main")).isEmpty();
  }

  @Test
  void filesGoUpAndComeDownWithTheirModesAndLieOnTheHost() {
    ContainerSpec carrier =
        ContainerSpec.named("main", IMAGE).binds(List.of("/tmp/files:/data")).build();
    List<HostFile> files =
        List.of(
            HostFile.folder("/data/ssl", 0700),
            HostFile.file("/data/ssl/key.pem", 0600, Secret.of("not a key: ä\n")),
            HostFile.file("/data/" + "long-name-".repeat(15), 0644, Secret.of("long")),
            HostFile.link("/data/latest", "ssl/key.pem"));
    runtime.writeFiles(carrier, files, context);
    assertThat(runtime.state("main")).isEmpty();
    assertThat(host.files().text("/tmp/files/ssl/key.pem")).contains("not a key: ä\n");

    runtime.ensureCreated(carrier, context);
    assertThat(runtime.files("main", "/data")).containsAll(files);
    assertThat(runtime.files("main", "/data/ssl/key.pem")).containsExactly(files.get(1));
    assertThat(runtime.files("main", "/data/absent")).isEmpty();
    assertThat(runtime.files("absent", "/data")).isEmpty();
  }

  @Test
  void takenPortIsNamedAndFreeAgainAfterRemoval() {
    runtime.ensureRunning(sleeper("other").publish(80, List.of(42381)).build(), context);
    ContainerSpec second = sleeper("main").publish(80, List.of(42380, 42381)).build();
    assertThatThrownBy(() -> runtime.ensureRunning(second, context))
        .isInstanceOf(PortTakenException.class)
        .hasMessageContaining("42381");
    runtime.remove("other", context);
    runtime.ensureRunning(second, context);
    assertThat(state().isRunning()).isTrue();
  }

  @Test
  void whatRunsAlwaysRunsAgainWithTheEngine() {
    runtime.ensureRunning(sleeper("main").restartAlways().build(), context);
    runtime.ensureRunning(sleeper("once").build(), context);
    host.stopDocker();
    host.startDocker();
    assertThat(state().isRunning()).isTrue();
    assertThat(runtime.state("once").orElseThrow().isRunning()).isFalse();
    runtime.restart("main", context);
    assertThat(state().isRunning()).isTrue();
  }

  @Test
  void lastLinesOfTheLogAreThere() {
    runtime.ensureCreated(
        ContainerSpec.named("main", IMAGE).entrypoint(List.of("echo", "line 1\nline 2")).build(),
        context);
    runtime.ensureRunning(
        ContainerSpec.named("main", IMAGE).entrypoint(List.of("echo", "line 1\nline 2")).build(),
        context);
    context.waitUntil(
        "output",
        Duration.ofSeconds(10),
        () ->
            runtime.lastLogLines("main", 1).equals(List.of("line 2"))
                ? Observation.done()
                : Observation.notYet(runtime.lastLogLines("main", 2).toString()));
    assertThat(runtime.lastLogLines("absent", 2)).isEmpty();
  }
}
