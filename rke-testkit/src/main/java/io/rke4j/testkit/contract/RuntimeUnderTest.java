package io.rke4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.spi.Observation;
import io.rke4j.spi.runtime.ContainerRuntime;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerSpecBuilder;
import io.rke4j.spi.runtime.ContainerState;
import io.rke4j.testkit.PatientContext;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the tests of {@link ContainerRuntimeContract} work with, and what they leave behind. */
@ExtendWith(Prepared.class)
abstract class RuntimeUnderTest implements Prepared.Contract {

  static final String MAIN = "contract-main";
  static final String OTHER = "contract-other";

  static final List<String> NAMES =
      List.of("contract-main", "contract-other", "contract-volumes", "old-contract-main");
  private static final Duration SOON = Duration.ofSeconds(20);

  /** What operations are given; cancelled by nobody but a test itself. */
  protected final PatientContext context = new PatientContext();

  /**
   * The runtime under test, open; the same for all of one test. Who extends this opens and closes
   * it.
   */
  protected abstract ContainerRuntime runtime();

  /** An image that can be pulled, with {@code sleep}, {@code echo} and {@code cat}. */
  protected abstract ImageRef image();

  /** An image that no registry has. */
  protected abstract ImageRef missingImage();

  /** A container of that name that sleeps for an hour. */
  protected final ContainerSpecBuilder sleeper(String name) {
    return ContainerSpec.named(name, image()).entrypoint(List.of("sleep", "3600"));
  }

  /** What is there as {@code contract-main}. */
  protected final ContainerState state() {
    return runtime().state(MAIN).orElseThrow();
  }

  @Override
  public final void prepare() {
    runtime().ensureImage(image(), context);
  }

  @Override
  public final void cleanUp() {
    NAMES.forEach(name -> runtime().remove(name, new PatientContext()));
  }

  final void assertReadsBack(ContainerSpec wanted) {
    ContainerSpec there = state().definition();
    assertThat(there.name()).isEqualTo(wanted.name());
    assertThat(there.image()).isEqualTo(wanted.image());
    assertThat(there.program().entrypoint()).isEqualTo(wanted.program().entrypoint());
    assertThat(there.program().command()).isEqualTo(wanted.program().command());
    assertThat(there.program().user()).isEqualTo(wanted.program().user());
    assertThat(there.program().env()).containsExactlyInAnyOrderElementsOf(wanted.program().env());
    assertThat(there.isolation().networkMode()).isEqualTo(wanted.isolation().networkMode());
    assertThat(there.isolation().pidMode()).isEqualTo(wanted.isolation().pidMode());
    assertThat(there.isolation().privileged()).isEqualTo(wanted.isolation().privileged());
    assertThat(there.mounts().binds()).containsExactlyInAnyOrderElementsOf(wanted.mounts().binds());
    assertThat(there.mounts().volumesFrom()).isEqualTo(wanted.mounts().volumesFrom());
    assertThat(there.ports()).isEqualTo(wanted.ports());
    assertThat(there.restart()).isEqualTo(wanted.restart());
    assertThat(there.labels()).isEqualTo(wanted.labels());
  }

  final boolean isRunning(String name) {
    return runtime().state(name).filter(ContainerState::isRunning).isPresent();
  }

  final void await(String what, BooleanSupplier reached) {
    context.waitUntil(
        what,
        SOON,
        () -> reached.getAsBoolean() ? Observation.done() : Observation.notYet("not yet"));
  }
}
