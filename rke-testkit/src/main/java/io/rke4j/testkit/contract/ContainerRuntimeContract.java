package io.rke4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.Secret;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.runtime.ContainerRuntime;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerState.Status;
import io.rke4j.spi.runtime.HostFile;
import io.rke4j.spi.runtime.ImageUnavailableException;
import io.rke4j.spi.runtime.PortTakenException;
import io.rke4j.spi.runtime.RunResult;
import io.rke4j.testkit.PatientContext;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * What the library relies on in a {@link ContainerRuntime}:
 *
 * <ul>
 *   <li>what was made reads back as it was wanted, field by field, without what its image brings:
 *       only so does a second plan find nothing to do
 *   <li>a container that is as wanted is left alone, one that is not is replaced, and one whose new
 *       image cannot be had goes on running as it was
 *   <li>what runs to its end is always a fresh container, gives its exit code and both outputs,
 *       leaves nothing behind, and ends at once when the run is cancelled
 *   <li>files arrive as they were given, with their modes, and can be read back
 *   <li>removing what is not there is fine; looking at what is not there gives nothing
 *   <li>failures say which: {@link ImageUnavailableException}, {@link PortTakenException}
 * </ul>
 *
 * <p>The containers of a test are named {@code contract-…} and removed after it; its files lie
 * below {@code /tmp/rke4j-contract}, its ports are 42380 and 42381. Nothing else of the host is
 * touched.
 */
public abstract class ContainerRuntimeContract extends RuntimeUnderTest {

  /** For those who extend it. */
  protected ContainerRuntimeContract() {}

  @Test
  void theEngineSaysWhatItIs() {
    assertThat(runtime().facts().version()).matches("\\d+\\.\\d+.*");
    assertThat(runtime().facts().rootDirectory()).startsWith("/");
    assertThat(runtime().facts().architecture()).isNotBlank();
    assertThat(runtime().facts().cgroupDriver()).isNotBlank();
  }

  @Test
  void anImageIsThereOnceItWasBroughtAndBringingItAgainIsFine() {
    runtime().ensureImage(image(), context);
    assertThat(runtime().hasImage(image())).isTrue();
    assertThat(runtime().hasImage(missingImage())).isFalse();
    runtime().requirePullable(image());
  }

  @Test
  void aMissingImageIsNamedAndNotTriedAgain() {
    assertThatThrownBy(() -> runtime().ensureImage(missingImage(), context))
        .isInstanceOfSatisfying(
            ImageUnavailableException.class, e -> assertThat(e.isTransient()).isFalse())
        .hasMessageContaining(missingImage().value());
    assertThat(runtime().hasImage(missingImage())).isFalse();
  }

  @Test
  void whatIsMadeReadsBackAsItWasWanted() {
    runtime()
        .ensureCreated(
            ContainerSpec.named("contract-volumes", image()).network("none").build(), context);
    ContainerSpec wanted =
        sleeper(MAIN)
            .command(List.of("--ignored=1"))
            .env(List.of("A=1", "B=two words"))
            .binds(List.of("/etc/it:/etc/it:z", "/opt/it:/opt/it:shared,z", "/tmp:/host/tmp:ro"))
            .volumesFrom("contract-volumes")
            .label("io.rancher.rke.container.name", MAIN)
            .user("0:0")
            .network("host")
            .hostPid()
            .restartAlways()
            .build();
    runtime().ensureCreated(wanted, context);
    assertThat(state().status()).isEqualTo(Status.CREATED);
    assertReadsBack(wanted);
  }

  @Test
  void whatTheImageBringsIsLeftOut() {
    ContainerSpec bare = ContainerSpec.named(MAIN, image()).build();
    runtime().ensureCreated(bare, context);
    assertThat(state().definition()).isEqualTo(bare);
  }

  @Test
  void privilegesAndPublishedPortsReadBack() {
    ContainerSpec wanted = sleeper(MAIN).privileged().publish(1337, List.of(42380, 42381)).build();
    runtime().ensureCreated(wanted, context);
    assertReadsBack(wanted);
  }

  @Test
  void aContainerThatIsAsWantedIsLeftAlone() {
    ContainerSpec spec = sleeper(MAIN).restartAlways().build();
    runtime().ensureCreated(spec, context);
    String id = state().id();
    runtime().ensureRunning(spec, context);
    runtime().ensureRunning(spec, context);
    assertThat(state().id()).isEqualTo(id);
    assertThat(state().isRunning()).isTrue();
    assertThat(state().restarts()).isZero();
    assertThat(runtime().names()).contains(MAIN);
  }

  @Test
  void aContainerThatIsNotAsWantedIsReplaced() {
    runtime().ensureRunning(sleeper(MAIN).env(List.of("A=1")).build(), context);
    String id = state().id();
    ContainerSpec changed = sleeper(MAIN).env(List.of("A=2")).build();
    runtime().ensureRunning(changed, context);
    assertThat(state().id()).isNotEqualTo(id);
    assertThat(state().isRunning()).isTrue();
    assertReadsBack(changed);
    assertThat(runtime().names()).filteredOn(NAMES::contains).containsExactly(MAIN);
  }

  @Test
  void aMissingNewImageLeavesTheContainerRunningAsItWas() {
    runtime().ensureRunning(sleeper(MAIN).build(), context);
    String id = state().id();
    ContainerSpec missing = ContainerSpec.named(MAIN, missingImage()).build();
    assertThatThrownBy(() -> runtime().ensureRunning(missing, context))
        .isInstanceOf(ImageUnavailableException.class);
    assertThat(state().id()).isEqualTo(id);
    assertThat(state().isRunning()).isTrue();
    assertThat(runtime().names()).filteredOn(NAMES::contains).containsExactly(MAIN);
  }

  @Test
  void whatRunsToItsEndGivesItsExitCodeAndBothOutputs() {
    ContainerSpec spec =
        ContainerSpec.named(MAIN, image())
            .entrypoint(List.of("cat", "/etc/hostname", "/none"))
            .network("host")
            .build();
    RunResult result = runtime().run(spec, context);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.standardOutput()).endsWith("\n").isNotBlank();
    assertThat(result.standardError()).contains("/none: No such file or directory");
    assertThat(runtime().state(MAIN)).isEmpty();
  }

  @Test
  void whatRunsToItsEndIsFreshWhateverHasTheName() {
    runtime().ensureRunning(sleeper(MAIN).build(), context);
    ContainerSpec spec =
        ContainerSpec.named(MAIN, image()).entrypoint(List.of("echo", "fresh")).build();
    assertThat(runtime().run(spec, context)).isEqualTo(new RunResult(0, "fresh\n", ""));
    assertThat(runtime().run(spec, context)).isEqualTo(new RunResult(0, "fresh\n", ""));
    assertThat(runtime().state(MAIN)).isEmpty();
  }

  @Test
  void aCancelledRunEndsAtOnceAndCleansUp() {
    PatientContext cancelled = new PatientContext();
    Callable<Boolean> runs =
        () -> {
          assertThatThrownBy(() -> runtime().run(sleeper(MAIN).build(), cancelled))
              .isInstanceOf(OperationCancelledException.class);
          return true;
        };
    Callable<Boolean> cancels =
        () -> {
          try {
            await("the container to run", () -> isRunning(MAIN));
          } finally {
            cancelled.cancel();
          }
          return true;
        };
    assertThat(Together.call(List.of(runs, cancels))).containsOnly(true);
    assertThat(runtime().state(MAIN)).isEmpty();
  }

  @Test
  void filesGoUpAndComeDownWithTheirModes() {
    ContainerSpec carrier =
        ContainerSpec.named(MAIN, image()).binds(List.of("/tmp/rke4j-contract:/data")).build();
    List<HostFile> files =
        List.of(
            HostFile.folder("/data/ssl", 0700),
            HostFile.file("/data/ssl/key.pem", 0600, Secret.of("not a key: ä\n")),
            HostFile.file("/data/" + "long-name-".repeat(15), 0644, Secret.of("long")),
            HostFile.link("/data/latest", "ssl/key.pem"));
    runtime().writeFiles(carrier, files, context);
    assertThat(runtime().state(MAIN)).isEmpty();

    runtime().ensureCreated(carrier, context);
    assertThat(runtime().files(MAIN, "/data")).containsAll(files);
    assertThat(runtime().files(MAIN, "/data/ssl/key.pem")).containsExactly(files.get(1));
    assertThat(runtime().files(MAIN, "/data/absent")).isEmpty();
    assertThat(files.toString()).doesNotContain("not a key");
    HostFile changed = HostFile.file("/data/ssl/key.pem", 0640, Secret.of("another"));
    runtime().writeFiles(carrierOf(OTHER), List.of(changed), context);
    assertThat(runtime().files(MAIN, "/data/ssl/key.pem")).containsExactly(changed);
  }

  private ContainerSpec carrierOf(String name) {
    return ContainerSpec.named(name, image()).binds(List.of("/tmp/rke4j-contract:/data")).build();
  }

  @Test
  void aTakenPortIsNamedAndFreeAgainAfterRemoval() {
    runtime().ensureRunning(sleeper(OTHER).publish(80, List.of(42381)).build(), context);
    ContainerSpec second = sleeper(MAIN).publish(80, List.of(42380, 42381)).build();
    assertThatThrownBy(() -> runtime().ensureRunning(second, context))
        .isInstanceOf(PortTakenException.class)
        .hasMessageContaining("42381");
    runtime().remove(OTHER, context);
    runtime().ensureRunning(second, context);
    assertThat(isRunning(MAIN)).isTrue();
  }

  @Test
  void theLastLinesOfALogAreThere() {
    runtime()
        .ensureRunning(
            ContainerSpec.named(MAIN, image())
                .entrypoint(List.of("echo", "line 1\nline 2\nline 3"))
                .build(),
            context);
    await("output", () -> runtime().lastLogLines(MAIN, 2).equals(List.of("line 2", "line 3")));
  }

  @Test
  void aRestartedContainerRunsAndIsTheSame() {
    runtime().ensureRunning(sleeper(MAIN).build(), context);
    String id = state().id();
    runtime().restart(MAIN, context);
    assertThat(state().isRunning()).isTrue();
    assertThat(state().id()).isEqualTo(id);
  }

  @Test
  void whatWasRemovedIsGoneAndRemovingAgainIsFine() {
    runtime().ensureRunning(sleeper(MAIN).build(), context);
    runtime().remove(MAIN, context);
    runtime().remove(MAIN, context);
    assertThat(runtime().state(MAIN)).isEmpty();
    assertThat(runtime().names()).doesNotContain(MAIN);
  }

  @Test
  void whatIsNotThereShowsNothing() {
    assertThat(runtime().state("contract-absent")).isEmpty();
    assertThat(runtime().lastLogLines("contract-absent", 2)).isEmpty();
    assertThat(runtime().files("contract-absent", "/data")).isEmpty();
  }
}
