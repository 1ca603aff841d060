package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.Provisioning;
import io.rke4j.api.error.RkeException;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.PlannedStep;
import io.rke4j.api.plan.StepId;
import io.rke4j.testkit.SimulatedHost;
import io.rke4j.testkit.engine.EngineFault;
import io.rke4j.testkit.kube.api.Fault;
import io.rke4j.testkit.kube.status.KubeFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wherever a run ends early, the next one ends in what was asked for. By itself it tries one step
 * each of some phases; with {@code -Pconvergence} every step.
 */
class ConvergenceTest {

  private static final boolean WHOLE = Boolean.getBoolean("rke4j.convergence");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> aRunThatIsCancelledAtAStepIsContinuedByTheNext() throws Exception {
    return each(sample(buildingSteps(), 2), this::cancelAt);
  }

  @TestFactory
  Stream<DynamicTest> aRunWhoseHostIsLostAtAStepIsContinuedByTheNext() throws Exception {
    return each(sample(buildingSteps(), 3), this::loseHostAt);
  }

  @TestFactory
  Stream<DynamicTest> aRunInWhichAStepFailsIsContinuedByTheNext() throws Exception {
    return each(sample(buildingSteps(), 3), this::failAt);
  }

  @TestFactory
  Stream<DynamicTest> aRunWhoseConnectionsBreakAtAStepGoesOnOverNewOnes() throws Exception {
    return each(sample(buildingSteps(), 5), this::dropConnectionsAt);
  }

  /**
   * Every process costs seconds. So the next one goes on where the last was killed, and is killed
   * at a step that none was killed in before.
   */
  @Test
  void aRunWhoseProcessIsKilledInAStepIsContinuedByTheNext() throws Exception {
    Set<String> left = new TreeSet<>();
    buildingSteps().forEach(step -> left.add(step.toString()));
    if (!WHOLE) {
      left.removeIf(step -> !step.startsWith("files/place-certificates@"));
    }
    assertThat(left).isNotEmpty();
    Path state = folder.resolve("killed");
    try (Trial trial = new Trial(1, state)) {
      while (!left.isEmpty()) {
        left.removeAll(underWayWhenKilled(left, trial.host(), state));
      }
      trial.build();
    }
  }

  /** Has the next process killed in one of these steps. */
  private List<String> underWayWhenKilled(Set<String> steps, SimulatedHost host, Path state)
      throws Exception {
    Path account = Files.write(folder.resolve("steps"), steps);
    Process child = KilledRun.start(host, state, account);
    try {
      assertThat(child.waitFor(6, TimeUnit.MINUTES)).isTrue();
      assertThat(child.exitValue()).as("see %s.log", state).isEqualTo(KilledRun.HALTED);
      return Files.readAllLines(account);
    } finally {
      child.destroyForcibly();
    }
  }

  @TestFactory
  Stream<DynamicTest> aRemovalThatIsCancelledAtAStepIsContinuedByTheNext() throws Exception {
    return each(sample(removalSteps(), 2), this::cancelRemovalAt);
  }

  /** Work on one step. */
  @FunctionalInterface
  private interface Case {
    void run(StepId step) throws Exception;
  }

  private static Stream<DynamicTest> each(List<StepId> steps, Case test) {
    assertThat(steps).isNotEmpty();
    return steps.stream()
        .map(step -> DynamicTest.dynamicTest(step.toString(), () -> test.run(step)));
  }

  /** All steps, or of every nth phase the last one. */
  private static List<StepId> sample(List<StepId> steps, int nth) {
    if (WHOLE) {
      return steps;
    }
    Map<Phase, StepId> ofPhase = new LinkedHashMap<>();
    steps.forEach(step -> ofPhase.put(step.phase(), step));
    List<StepId> sample = new ArrayList<>();
    int number = 0;
    for (StepId step : ofPhase.values()) {
      if (number++ % nth == 0) {
        sample.add(step);
      }
    }
    return sample;
  }

  /** All that a run from nothing does; pulls of images are all alike, so one will do. */
  private List<StepId> buildingSteps() {
    try (Trial trial = trial("none")) {
      // What the clean-up does is decided by what there is, and here is nothing to clean up.
      List<StepId> steps =
          changes(trial.provisioner().planOffline(trial.spec())).stream()
              .filter(step -> step.phase() != Phase.CLEANUP)
              .toList();
      StepId pull = steps.stream().filter(ConvergenceTest::isPull).findFirst().orElseThrow();
      return steps.stream().filter(step -> !isPull(step) || step.equals(pull)).toList();
    }
  }

  private static boolean isPull(StepId step) {
    return step.action().startsWith("pull-");
  }

  private List<StepId> removalSteps() throws Exception {
    try (Trial trial = trial("removed")) {
      trial.build();
      return changes(trial.provisioner().planRemoval(trial.spec()));
    }
  }

  private static List<StepId> changes(Plan plan) {
    return plan.steps().stream()
        .filter(step -> !step.decision().isUpToDate())
        .map(PlannedStep::id)
        .toList();
  }

  private Trial trial(String name) {
    return new Trial(1, folder.resolve(name.replaceAll("[^a-z0-9-]", "_")));
  }

  private void cancelAt(StepId step) throws Exception {
    try (Trial trial = trial("cancel" + step)) {
      assertFailed(step, "cancelled", trial.interrupt(plan(trial), step, run -> run.cancel()));
      trial.build();
    }
  }

  private void dropConnectionsAt(StepId step) throws Exception {
    try (Trial trial = trial("drop" + step)) {
      assertThat(trial.interrupt(plan(trial), step, run -> trial.host().dropConnections()))
          .isEmpty();
      trial.build();
    }
  }

  /** Near its end, a run may be over before it notices. */
  private static void assertFailed(StepId step, String code, Optional<RkeException> failure) {
    if (step.phase().compareTo(Phase.NETWORK) < 0) {
      assertThat(failure).isPresent();
    }
    failure.ifPresent(found -> assertThat(found.code()).isEqualTo(code));
  }

  private void loseHostAt(StepId step) throws Exception {
    try (Trial trial = trial("lose" + step)) {
      assertFailed(
          step,
          "step-failed",
          trial.interrupt(plan(trial), step, run -> trial.host().disconnect()));
      trial.host().reconnect();
      trial.build();
    }
  }

  private void failAt(StepId step) throws Exception {
    try (Trial trial = trial("fail" + step)) {
      EngineFault engine = new EngineFault.Refusal(500, "the engine is broken");
      Fault api = new Fault.Refusal(KubeFailure.of(400, "BadRequest", "the API is broken"));
      Consumer<Provisioning> blow =
          run -> {
            trial.host().engineFaults().from(1, request -> true, engine);
            trial.fleet().apiFaults().next(3, request -> true, api);
          };
      assertFailed(step, "step-failed", trial.interrupt(plan(trial), step, blow));
      trial.host().engineFaults().clear();
      trial.fleet().apiFaults().clear();
      trial.build();
    }
  }

  private void cancelRemovalAt(StepId step) throws Exception {
    try (Trial trial = trial("remove" + step)) {
      trial.build();
      Plan removal = trial.provisioner().planRemoval(trial.spec());
      trial
          .interrupt(removal, step, run -> run.cancel())
          .ifPresent(failure -> assertThat(failure.code()).isEqualTo("cancelled"));
      trial.remove();
    }
  }

  private static Plan plan(Trial trial) {
    ClusterProvisioner rke = trial.provisioner();
    return rke.plan(trial.spec());
  }
}
