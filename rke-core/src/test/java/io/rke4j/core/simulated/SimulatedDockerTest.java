package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.container.ContainerDifference;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.runtime.ContainerRuntime;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.DiskFullException;
import io.rke4j.spi.runtime.HostFile;
import io.rke4j.spi.runtime.ImageUnavailableException;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import io.rke4j.testkit.contract.ContainerRuntimeContract;
import io.rke4j.testkit.engine.EngineFault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Docker runtime against a simulated host, by real SSH. */
class SimulatedDockerTest extends ContainerRuntimeContract {

  private static final String MAIN = "contract-main";
  private static final String VOLUMES = "contract-volumes";
  private static final ImageRef IMAGE = new ImageRef("rancher/rke-tools:v0.1.80");
  private static final ImageRef MISSING = new ImageRef("rancher/no-such-image:v1");

  private static SimulatedFleet fleet;
  private static SimulatedHost host;
  private static NodeConnection connection;
  private static ContainerRuntime runtime;

  @BeforeAll
  static void connect() {
    fleet = SimulatedFleet.of(1);
    host = fleet.host(0);
    connection = Connected.to(fleet, host);
    runtime = Connected.runtime(host, connection);
    fleet
        .registries()
        .refuse(
            MISSING.value(), "manifest for rancher/no-such-image:v1 not found: manifest unknown");
  }

  @AfterAll
  static void close() {
    runtime.close();
    connection.close();
    fleet.close();
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
    return MISSING;
  }

  @Test
  void factsAreThoseOfTheHost() {
    assertThat(runtime.facts().version()).isEqualTo("20.10.24");
    assertThat(runtime.facts().rootDirectory()).isEqualTo("/var/lib/docker");
  }

  @Test
  void refusedImagesAreToldWithoutAPull() {
    assertThatThrownBy(() -> runtime.requirePullable(MISSING))
        .isInstanceOf(ImageUnavailableException.class);
  }

  @Test
  void noDifferenceIsFoundToWhatWasMade() {
    ContainerSpec spec = sleeper(MAIN).env(List.of("A=1")).hostPid().restartAlways().build();
    runtime.ensureRunning(spec, context);
    assertThat(ContainerDifference.between(spec, state().definition())).isEmpty();
  }

  @Test
  void filesLieOnTheHost() {
    ContainerSpec carrier =
        ContainerSpec.named(MAIN, IMAGE).binds(List.of("/tmp/files:/data")).build();
    HostFile key = HostFile.file("/data/ssl/key.pem", 0600, Secret.of("not a key: ä\n"));
    runtime.writeFiles(carrier, List.of(HostFile.folder("/data/ssl", 0700), key), context);
    assertThat(host.files().text("/tmp/files/ssl/key.pem")).contains("not a key: ä\n");
  }

  @Test
  void whatACutOffReplacementLeftGoesFromBesideTheContainerThatIsRight() {
    ContainerSpec spec = sleeper(MAIN).restartAlways().build();
    runtime.ensureRunning(spec, context);
    runtime.ensureCreated(sleeper("old-" + MAIN).restartAlways().build(), context);

    runtime.ensureRunning(spec, context);

    assertThat(runtime.names()).contains(MAIN).doesNotContain("old-" + MAIN);
  }

  @Test
  void whatSharesVolumesOfAContainerThatWasReplacedIsReplacedToo() {
    ContainerSpec sharer = sleeper(MAIN).volumesFrom(VOLUMES).build();
    runtime.ensureCreated(ContainerSpec.named(VOLUMES, IMAGE).build(), context);
    runtime.ensureRunning(sharer, context);
    String id = state().id();
    runtime.ensureRunning(sharer, context);
    assertThat(state().id()).isEqualTo(id);
    assertThat(state().volumes()).containsOnlyKeys("/opt/rke-tools").isEqualTo(volumes());

    runtime.ensureCreated(ContainerSpec.named(VOLUMES, IMAGE).network("none").build(), context);
    assertThat(state().volumes()).isNotEqualTo(volumes());
    runtime.ensureRunning(sharer, context);

    assertThat(state().id()).isNotEqualTo(id);
    assertThat(state().volumes()).isEqualTo(volumes());
  }

  @Test
  void whatAContainerMountsItselfGoesBeforeVolumesOfOthers() {
    ContainerSpec sharer =
        sleeper(MAIN).binds(List.of("/tmp:/opt/rke-tools:z")).volumesFrom(VOLUMES).build();
    runtime.ensureCreated(ContainerSpec.named(VOLUMES, IMAGE).build(), context);
    runtime.ensureRunning(sharer, context);
    String id = state().id();

    runtime.ensureCreated(ContainerSpec.named(VOLUMES, IMAGE).network("none").build(), context);
    runtime.ensureRunning(sharer, context);

    assertThat(state().volumes()).isEmpty();
    assertThat(state().id()).isEqualTo(id);
  }

  private static Map<String, String> volumes() {
    return runtime.state(VOLUMES).orElseThrow().volumes();
  }

  @Test
  void whatCannotBeMovedAsideRunsOn() {
    runtime.ensureRunning(sleeper(MAIN).restartAlways().build(), context);
    host.engineFaults()
        .nth(
            1,
            request -> request.path().endsWith("/rename"),
            new EngineFault.Refusal(500, "write /tmp-config.v2.json1: no space left on device"));

    assertThatThrownBy(
            () ->
                runtime.ensureRunning(
                    sleeper(MAIN).env(List.of("A=1")).restartAlways().build(), context))
        .isInstanceOf(DiskFullException.class);

    assertThat(state().isRunning()).isTrue();
    assertThat(state().definition().program().env()).isEmpty();
  }

  @Test
  void whatRunsAlwaysRunsAgainWithTheEngine() {
    runtime.ensureRunning(sleeper(MAIN).restartAlways().build(), context);
    runtime.ensureRunning(sleeper("contract-other").build(), context);
    host.stopDocker();
    host.startDocker();
    assertThat(state().isRunning()).isTrue();
    assertThat(runtime.state("contract-other").orElseThrow().isRunning()).isFalse();
    runtime.restart(MAIN, context);
    assertThat(state().isRunning()).isTrue();
  }
}
