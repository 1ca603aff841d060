package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.Provisioning;
import io.rke4j.api.error.RkeException;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.PlannedStep;
import io.rke4j.api.plan.StepId;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wherever a run ends early, the next ones end in what was asked for. By itself it tries one step
 * each of some phases; with {@code -Pconvergence} every step. One cluster meets with several
 * mishaps, each run going on where the last one ended, until nothing befalls one any more.
 */
class ConvergenceTest {

  private static final boolean WHOLE = Boolean.getBoolean("rke4j.convergence");

  /** As many clusters for each kind of mishap. */
  private static final int CLUSTERS = 4;

  private final AtomicInteger trials = new AtomicInteger();

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> aRunThatIsCancelledAtAStepIsContinuedByTheNext() throws Exception {
    return each(sample(buildingSteps(), 2), ConvergenceTest::cancelAt);
  }

  @TestFactory
  Stream<DynamicTest> aRunWhoseHostIsLostAtAStepIsContinuedByTheNext() throws Exception {
    return each(sample(buildingSteps(), 3), ConvergenceTest::loseHostAt);
  }

  @TestFactory
  Stream<DynamicTest> aRunInWhichAStepFailsIsContinuedByTheNext() throws Exception {
    return each(sample(buildingSteps(), 3), ConvergenceTest::failAt);
  }

  @TestFactory
  Stream<DynamicTest> aRunWhoseConnectionsBreakAtAStepGoesOnOverNewOnes() throws Exception {
    return each(sample(buildingSteps(), 5), ConvergenceTest::dropConnectionsAt);
  }

  @TestFactory
  Stream<DynamicTest> aRunWhoseProcessIsKilledInAStepIsContinuedByTheNext() throws Exception {
    List<StepId> steps = buildingSteps();
    return each(WHOLE ? steps : placingCertificates(steps), this::killAt);
  }

  private static List<StepId> placingCertificates(List<StepId> steps) {
    return steps.stream().filter(step -> step.action().equals("place-certificates")).toList();
  }

  @TestFactory
  Stream<DynamicTest> aRemovalThatIsCancelledAtAStepIsContinuedByTheNext() throws Exception {
    return each(sample(removalSteps(), 2), ConvergenceTest::cancelRemovalAt);
  }

  /** What befalls one cluster. */
  @FunctionalInterface
  private interface Course {
    void run(Trial trial, List<StepId> steps) throws Exception;
  }

  private Stream<DynamicTest> each(List<StepId> steps, Course course) {
    return shared(steps)
        .map(its -> DynamicTest.dynamicTest(its.toString(), () -> runWith(its, course)));
  }

  private void runWith(List<StepId> steps, Course course) throws Exception {
    try (Trial trial = trial()) {
      course.run(trial, steps);
    }
  }

  /** Each cluster's steps are far apart, so that much is done between two mishaps. */
  private static Stream<List<StepId>> shared(List<StepId> steps) {
    assertThat(steps).isNotEmpty();
    int clusters = Math.min(CLUSTERS, steps.size());
    return IntStream.range(0, clusters)
        .mapToObj(
            first ->
                IntStream.iterate(first, step -> step < steps.size(), step -> step + clusters)
                    .mapToObj(steps::get)
                    .toList());
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
    try (Trial trial = trial()) {
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
    try (Trial trial = trial()) {
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

  private Trial trial() {
    return new Trial(1, folder.resolve("trial-" + trials.incrementAndGet()));
  }

  /** Each process goes on where the last was killed, and is killed where none was before. */
  private void killAt(Trial trial, List<StepId> steps) throws Exception {
    Set<String> left = new TreeSet<>();
    steps.forEach(step -> left.add(step.toString()));
    while (!left.isEmpty()) {
      left.removeAll(underWayWhenKilled(left, trial));
    }
    trial.build();
  }

  /** Has a process killed in one of these steps. */
  private List<String> underWayWhenKilled(Set<String> steps, Trial trial) throws Exception {
    Path account = Files.write(Path.of(trial.state() + ".steps"), steps);
    Process child = KilledRun.start(trial.host(), trial.state(), account);
    try {
      assertThat(child.waitFor(6, TimeUnit.MINUTES)).isTrue();
      assertThat(child.exitValue()).as("see %s.log", trial.state()).isEqualTo(KilledRun.HALTED);
      return Files.readAllLines(account);
    } finally {
      child.destroyForcibly();
    }
  }

  private static void cancelAt(Trial trial, List<StepId> steps) throws Exception {
    for (StepId step : steps) {
      assertFailed(step, "cancelled", trial.interrupt(plan(trial), step, run -> run.cancel()));
    }
    trial.build();
  }

  /** None of them ends the run. */
  private static void dropConnectionsAt(Trial trial, List<StepId> steps) throws Exception {
    assertThat(trial.interrupt(plan(trial), steps, run -> trial.host().dropConnections()))
        .isEmpty();
    trial.build();
  }

  /** Near its end, a run may be over before it notices. */
  private static void assertFailed(StepId step, String code, Optional<RkeException> failure) {
    if (step.phase().compareTo(Phase.NETWORK) < 0) {
      assertThat(failure).as("failure at %s", step).isPresent();
    }
    failure.ifPresent(found -> assertThat(found.code()).as("failure at %s", step).isEqualTo(code));
  }

  private static void loseHostAt(Trial trial, List<StepId> steps) throws Exception {
    for (StepId step : steps) {
      assertFailed(
          step,
          "step-failed",
          trial.interrupt(plan(trial), step, run -> trial.host().disconnect()));
      trial.host().reconnect();
    }
    trial.build();
  }

  private static void failAt(Trial trial, List<StepId> steps) throws Exception {
    EngineFault engine = new EngineFault.Refusal(500, "the engine is broken");
    Fault api = new Fault.Refusal(KubeFailure.of(400, "BadRequest", "the API is broken"));
    Consumer<Provisioning> blow =
        run -> {
          trial.host().engineFaults().from(1, request -> true, engine);
          trial.fleet().apiFaults().next(3, request -> true, api);
        };
    for (StepId step : steps) {
      assertFailed(step, "step-failed", trial.interrupt(plan(trial), step, blow));
      trial.host().engineFaults().clear();
      trial.fleet().apiFaults().clear();
    }
    trial.build();
  }

  private static void cancelRemovalAt(Trial trial, List<StepId> steps) throws Exception {
    trial.build();
    for (StepId step : steps) {
      trial
          .interrupt(trial.provisioner().planRemoval(trial.spec()), step, run -> run.cancel())
          .ifPresent(failure -> assertThat(failure.code()).isEqualTo("cancelled"));
    }
    trial.remove();
  }

  private static Plan plan(Trial trial) {
    return trial.provisioner().plan(trial.spec());
  }
}
