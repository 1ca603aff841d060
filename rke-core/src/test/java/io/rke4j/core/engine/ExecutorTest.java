package io.rke4j.core.engine;

import static io.rke4j.core.engine.Scripted.id;
import static io.rke4j.core.engine.Scripted.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rke4j.api.PlanOutdatedException;
import io.rke4j.api.StepFailedException;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.Plan;
import io.rke4j.spi.Observation;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.WaitTimeoutException;
import io.rke4j.spi.state.LeaseLostException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExecutorTest {

  private final Bench bench = new Bench();
  private final Queue<String> done = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    bench.close();
  }

  private Scripted.Once noting(String action, String... after) {
    return step(action, context -> done.add(action), after);
  }

  @Test
  void aStepStartsOnlyAfterWhatItWaitsFor() {
    bench.run(
        noting("a"), noting("b", "a"), noting("c", "a"), noting("d", "b", "c"), noting("e", "d"));
    assertThat(done).startsWith("a").endsWith("d", "e").contains("b", "c").hasSize(5);
    bench.seen.assertWellFormed();
  }

  @Test
  void nothingIsChangedOnceTheLeaseIsLost() {
    assertThatThrownBy(
            () -> bench.run(step("a", context -> bench.leaseHeld.set(false)), noting("b", "a")))
        .hasRootCauseInstanceOf(LeaseLostException.class);
    assertThat(done).isEmpty();
    bench.seen.assertWellFormed();
  }

  @Test
  void independentStepsOverlap() {
    CyclicBarrier both = new CyclicBarrier(2);
    bench.run(step("a", context -> meet(both)), step("b", context -> meet(both)));
    assertThat(bench.seen.events(ProvisionEvent.StepSucceeded.class)).hasSize(2);
  }

  @Test
  void serialRunsInReadingOrderOneAfterTheOther() {
    bench.limits = new Executor.Limits(10, true);
    AtomicInteger running = new AtomicInteger();
    Step[] steps =
        List.of("a", "b", "c", "d").stream()
            .map(
                action ->
                    step(
                        action,
                        context -> {
                          assertThat(running.incrementAndGet()).isEqualTo(1);
                          done.add(action);
                          running.decrementAndGet();
                        }))
            .toArray(Step[]::new);
    bench.run(steps);
    assertThat(done).containsExactly("a", "b", "c", "d");
  }

  @Test
  void noMoreNodesAreWorkedOnThanAllowed() {
    bench.limits = new Executor.Limits(2, false);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CyclicBarrier two = new CyclicBarrier(2);
    Step[] steps =
        List.of("n1", "n2", "n3", "n4").stream()
            .map(
                name ->
                    step(
                        new NodeName(name),
                        "work",
                        context -> {
                          most.accumulateAndGet(running.incrementAndGet(), Math::max);
                          meet(two);
                          running.decrementAndGet();
                          meet(two);
                        }))
            .toArray(Step[]::new);
    bench.run(steps);
    assertThat(most).hasValue(2);
  }

  @Test
  void whatIsUpToDateByNowIsSkipped() {
    AtomicReference<Decision> decision = new AtomicReference<>(Decision.create("a"));
    Step step = noting("a").deciding(decision::get);
    Plan plan = bench.plan(step);
    decision.set(Decision.upToDate());
    bench.run(plan, step);
    assertThat(done).isEmpty();
    assertThat(bench.seen.events(ProvisionEvent.StepEvent.class))
        .hasOnlyElementsOfType(ProvisionEvent.StepSkipped.class);
    bench.seen.assertWellFormed();
  }

  @Test
  void whatGoesBeyondThePlanStopsTheRunAndChangesNothing() {
    AtomicReference<Decision> decision = new AtomicReference<>(Decision.upToDate());
    Step step = noting("a").deciding(decision::get);
    Step later = noting("b", "a");
    Plan upToDate = bench.plan(step, later);
    decision.set(Decision.create("make it"));
    assertThatThrownBy(() -> bench.run(upToDate, step, later))
        .isInstanceOf(PlanOutdatedException.class)
        .hasMessageContaining("etcd/a@cluster")
        .hasMessageContaining("nothing to do")
        .hasMessageContaining("make it");
    assertThat(done).isEmpty();
    bench.seen.assertWellFormed();
  }

  @Test
  void aReplacementIsBeyondACreation() {
    AtomicReference<Decision> decision = new AtomicReference<>(Decision.create("make it"));
    Step step = noting("a").deciding(decision::get);
    Plan plan = bench.plan(step);
    decision.set(Decision.replace(List.of("image: a -> b")));
    assertThatThrownBy(() -> bench.run(plan, step)).isInstanceOf(PlanOutdatedException.class);
    assertThat(done).isEmpty();
  }

  @Test
  void aFollowUpIsNeverBeyondThePlan() {
    AtomicReference<Decision> decision = new AtomicReference<>(Decision.upToDate());
    Step step = noting("a").deciding(decision::get);
    Plan plan = bench.plan(step);
    decision.set(Decision.followUp("wait"));
    bench.run(plan, step);
    assertThat(done).containsExactly("a");
  }

  @Test
  void aPlanThatIsOutdatedBesidesAFailureIsOneFailureOfTwo() {
    CyclicBarrier both = new CyclicBarrier(2);
    AtomicReference<Decision> decision = new AtomicReference<>(Decision.upToDate());
    Step outdated =
        noting("a")
            .deciding(
                () -> {
                  if (!Decision.upToDate().equals(decision.get())) {
                    meet(both);
                  }
                  return decision.get();
                });
    Step failing =
        step(
            "b",
            context -> {
              meet(both);
              throw new IllegalStateException("no space left on device");
            });
    Plan plan = bench.plan(outdated, failing);
    decision.set(Decision.create("make it"));
    StepFailedException failed =
        catchThrowableOfType(StepFailedException.class, () -> bench.run(plan, outdated, failing));
    assertThat(failed.failures()).containsOnlyKeys(id("a"), id("b"));
  }

  @Test
  void afterAFailureRunningStepsEndNothingStartsAndAllFailuresAreTold() {
    CountDownLatch failed = new CountDownLatch(1);
    bench.listeners.add(
        event -> {
          if (event instanceof ProvisionEvent.StepFailed) {
            failed.countDown();
          }
        });
    CyclicBarrier all = new CyclicBarrier(3);
    Step first =
        step(
            "first",
            context -> {
              meet(all);
              throw new IllegalStateException("first");
            });
    Step second =
        step(
            "second",
            context -> {
              meet(all);
              awaitLatch(failed);
              throw new AssertionError("second");
            });
    Step third =
        step(
            "third",
            context -> {
              meet(all);
              awaitLatch(failed);
              done.add("third");
            });
    StepFailedException thrown =
        catchThrowableOfType(
            StepFailedException.class,
            () -> bench.run(first, second, third, noting("never", "third")));
    assertThat(thrown.failures()).containsOnlyKeys(id("first"), id("second"));
    assertThat(thrown).hasMessageContaining("2 steps failed").hasCauseInstanceOf(Throwable.class);
    assertThat(thrown.getSuppressed()).hasSize(1);
    assertThat(done).containsExactly("third");
    bench.seen.assertWellFormed();
  }

  @Test
  void whoHearsOfAFailureCanRelyOnNothingNewStarting() {
    List<Boolean> stopping = new CopyOnWriteArrayList<>();
    bench.listeners.add(
        event -> {
          if (event instanceof ProvisionEvent.StepFailed) {
            stopping.add(bench.control.isStopping());
          }
        });
    Step failing =
        step(
            "a",
            context -> {
              throw new IllegalStateException("a");
            });
    assertThatThrownBy(() -> bench.run(failing)).isInstanceOf(StepFailedException.class);
    assertThat(stopping).containsExactly(true);
  }

  @Test
  void whatFailsForAMomentIsTriedAgain() {
    AtomicInteger attempts = new AtomicInteger();
    bench.run(
        step(
            "a",
            context -> {
              assertThat(context.attempt()).isEqualTo(attempts.incrementAndGet());
              if (context.attempt() < 3) {
                throw ProviderException.transientFailure("busy", "", null);
              }
            }));
    assertThat(bench.seen.events(ProvisionEvent.StepRetrying.class))
        .extracting(ProvisionEvent.StepRetrying::attempt)
        .containsExactly(2, 3);
    bench.seen.assertWellFormed();
  }

  @Test
  void whatHadToBeAskedTwiceAndIsDoneAlreadyHasAnEnd() {
    AtomicInteger asked = new AtomicInteger();
    bench.run(
        noting("a")
            .deciding(
                () ->
                    switch (asked.incrementAndGet()) {
                      case 1 -> Decision.create("a");
                      case 2 -> throw ProviderException.transientFailure("busy", "", null);
                      default -> Decision.upToDate();
                    }));
    assertThat(bench.seen.events(ProvisionEvent.StepRetrying.class)).hasSize(1);
    assertThat(done).isEmpty();
    bench.seen.assertWellFormed();
  }

  @Test
  void whatKeepsFailingIsGivenUp() {
    assertThat(attemptsAt(ProviderException.transientFailure("busy", "", null))).isEqualTo(4);
    bench.seen.assertWellFormed();
  }

  @Test
  void whatFailsForGoodIsNotTriedAgain() {
    assertThat(attemptsAt(ProviderException.permanentFailure("refused", "", null))).isEqualTo(1);
    assertThat(bench.seen.events(ProvisionEvent.StepRetrying.class)).isEmpty();
  }

  /** How often a step is tried that always fails. */
  private int attemptsAt(ProviderException failure) {
    AtomicInteger attempts = new AtomicInteger();
    Step step =
        step(
            "a",
            context -> {
              attempts.incrementAndGet();
              throw failure;
            });
    assertThatThrownBy(() -> bench.run(step)).isInstanceOf(StepFailedException.class);
    return attempts.get();
  }

  @Test
  void aLookThatFailsForAMomentIsTriedAgainWithinItsStep() {
    AtomicInteger looks = new AtomicInteger();
    Step step =
        noting("a")
            .deciding(
                () -> {
                  if (looks.incrementAndGet() == 2) {
                    throw ProviderException.transientFailure("busy", "", null);
                  }
                  return Decision.create("a");
                });
    bench.run(step);
    assertThat(done).containsExactly("a");
    bench.seen.assertWellFormed();
  }

  @Test
  void aLookThatThrowsFailsItsStep() {
    AtomicInteger looks = new AtomicInteger();
    Step step =
        noting("a")
            .deciding(
                () -> {
                  if (looks.incrementAndGet() > 1) {
                    throw new IllegalStateException("not what it should be");
                  }
                  return Decision.create("a");
                });
    assertThatThrownBy(() -> bench.run(step))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("etcd/a@cluster: not what it should be");
    bench.seen.assertWellFormed();
  }

  @Test
  void waitingEndsWithWhatWasSeenLast() {
    Step step =
        step(
            "a",
            context ->
                context.waitUntil(
                    "quorum", Duration.ofMillis(60), () -> Observation.notYet("1 of 3 voting")));
    StepFailedException failed =
        catchThrowableOfType(StepFailedException.class, () -> bench.run(step));
    assertThat(failed.failures().get(id("a")))
        .isInstanceOf(WaitTimeoutException.class)
        .hasMessageContaining("1 of 3 voting");
  }

  @Test
  void phasesWithoutWorkAreNotHeardOf() {
    bench.run(noting("a").in(Phase.NODE), noting("b").in(Phase.FINISH));
    assertThat(bench.seen.events(ProvisionEvent.PhaseStarted.class))
        .extracting(ProvisionEvent.PhaseStarted::phase)
        .containsExactlyInAnyOrder(Phase.NODE, Phase.FINISH);
    bench.seen.assertWellFormed();
  }

  @Test
  void whatALaterActIsMadeOfIsAskedWhenTheEarlierIsOver() {
    Step first = noting("a").in(Phase.MACHINE);
    Step second = noting("b").in(Phase.NODE);
    bench.run(
        bench.plan(first, second),
        () -> List.of(first),
        () -> {
          done.add("asked");
          return List.of(second);
        });
    assertThat(done).containsExactly("a", "asked", "b");
    assertThat(bench.seen.events(ProvisionEvent.RunFinished.class)).hasSize(1);
    bench.seen.assertWellFormed();
  }

  @Test
  void afterAFailureThereIsNoLaterAct() {
    Step first =
        step(
            "a",
            context -> {
              throw new IllegalStateException("broken");
            });
    assertThatThrownBy(
            () ->
                bench.run(
                    bench.plan(first),
                    () -> List.of(first),
                    () -> {
                      done.add("asked");
                      return List.of();
                    }))
        .isInstanceOf(StepFailedException.class);
    assertThat(done).isEmpty();
    bench.seen.assertWellFormed();
  }

  @Test
  void anActThatCannotBeMadeEndsTheRun() {
    assertThatThrownBy(
            () ->
                bench.run(
                    bench.plan(),
                    () -> {
                      throw new IllegalStateException("no machine");
                    }))
        .hasMessage("no machine");
    assertThat(bench.seen.events(ProvisionEvent.RunFinished.class)).hasSize(1);
  }

  @Test
  void aRunWithoutStepsSucceeds() {
    bench.run();
    bench.seen.assertWellFormed();
  }

  static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("nobody came", e);
    }
  }

  static void awaitLatch(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nothing came");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
