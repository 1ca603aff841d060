package io.rke4j.core.engine;

import static io.rke4j.core.engine.Scripted.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rke4j.api.ProvisioningCancelledException;
import io.rke4j.api.StepFailedException;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.plan.Plan;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationCancelledException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CancellationTest {

  private final Bench bench = new Bench();
  private final Queue<String> done = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    bench.close();
  }

  private Step noting(String action, String... after) {
    return step(action, context -> done.add(action), after);
  }

  @Test
  void nothingNewStartsAndWhatWasDoneIsNamed() {
    Step cancelling = step("b", context -> bench.control.cancel(), "a");
    assertThatThrownBy(() -> bench.run(noting("a"), cancelling, noting("c", "b")))
        .isInstanceOf(ProvisioningCancelledException.class)
        .hasMessageContaining("etcd/b@cluster");
    assertThat(done).containsExactly("a");
    assertThat(bench.seen.events(ProvisionEvent.RunFinished.class))
        .extracting(ProvisionEvent.RunFinished::outcome)
        .containsExactly(ProvisionEvent.Outcome.CANCELLED);
    bench.seen.assertWellFormed();
  }

  @Test
  void whatWaitsWakes() {
    Step waiting =
        step(
            "a",
            context ->
                context.waitUntil(
                    "godot",
                    Duration.ofHours(1),
                    () -> {
                      bench.control.cancel();
                      return Observation.notYet("nobody");
                    }));
    assertThatThrownBy(() -> bench.run(waiting)).isInstanceOf(ProvisioningCancelledException.class);
    bench.seen.assertWellFormed();
  }

  @Test
  void whatIsBlockedIsInterruptedAfterTheGracePeriodUntilItEnds() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean firstIgnored = new AtomicBoolean();
    Step stubborn =
        step(
            "a",
            context -> {
              bench.control.cancel();
              try {
                never.await();
              } catch (InterruptedException e) {
                firstIgnored.set(true);
              }
              try {
                never.await();
              } catch (InterruptedException e) {
                throw new OperationCancelledException("stubborn work");
              }
            });
    assertThatThrownBy(() -> bench.run(stubborn))
        .isInstanceOf(ProvisioningCancelledException.class);
    assertThat(firstIgnored).isTrue();
    bench.seen.assertWellFormed();
  }

  @Test
  void anInterruptionThatNobodySawDoesNotStayWithTheThread() {
    CountDownLatch noticed = new CountDownLatch(1);
    ExecutorService single = Executors.newSingleThreadExecutor();
    // A pool of the JDK clears the flag by itself; whoever wraps its tasks sees it.
    AtomicBoolean left = new AtomicBoolean();
    bench.workers =
        new Wrapping(
            single,
            work ->
                () -> {
                  work.run();
                  left.set(Thread.currentThread().isInterrupted());
                  noticed.countDown();
                });
    Step deaf =
        step(
            "a",
            context -> {
              bench.control.cancel();
              while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
              }
            });
    // It came to its end all the same, and nothing was left to do.
    bench.run(deaf);
    ExecutorTest.awaitLatch(noticed);
    assertThat(left).isFalse();
    single.shutdownNow();
  }

  @Test
  void whatStillWaitsForAThreadDoesNotStart() {
    ExecutorService single = Executors.newSingleThreadExecutor();
    bench.workers = single;
    Step cancelling = step("a", context -> bench.control.cancel());
    assertThatThrownBy(() -> bench.run(cancelling, noting("b")))
        .isInstanceOf(ProvisioningCancelledException.class);
    assertThat(done).isEmpty();
    bench.seen.assertWellFormed();
    single.shutdownNow();
  }

  @Test
  void nothingStartsAfterAFailureEvenIfItWasHandedToAThreadBefore() {
    ExecutorService single = Executors.newSingleThreadExecutor();
    bench.workers = single;
    Step failing =
        step(
            "a",
            context -> {
              throw new IllegalStateException("no space left on device");
            });
    assertThatThrownBy(() -> bench.run(failing, noting("b")))
        .isInstanceOf(StepFailedException.class);
    assertThat(done).isEmpty();
    bench.seen.assertWellFormed();
    single.shutdownNow();
  }

  @Test
  void threadsThatAreRefusedFailTheStepAndEndTheRun() {
    ExecutorService closed = Executors.newSingleThreadExecutor();
    closed.shutdownNow();
    bench.workers = closed;
    assertThatThrownBy(() -> bench.run(noting("a"), noting("b")))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("etcd/a@cluster");
    assertThat(done).isEmpty();
    bench.seen.assertWellFormed();
  }

  @Test
  void failuresBeforeTheCancellationAreKept() {
    Step failing =
        step(
            "a",
            context -> {
              bench.control.cancel();
              throw new IllegalStateException("no space left on device");
            });
    Throwable thrown = catchThrowable(() -> bench.run(failing));
    assertThat(thrown).isInstanceOf(ProvisioningCancelledException.class);
    assertThat(thrown.getSuppressed()).extracting(Throwable::getMessage).hasSize(1);
  }

  @Test
  void cancellingTwiceIsTheSameAsOnceAndAFailingActionStopsNoOther() {
    bench.control.onCancel(
        () -> {
          done.add("first");
          throw new IllegalStateException("closed already");
        });
    bench.control.onCancel(() -> done.add("second"));
    bench.control.cancel();
    bench.control.cancel();
    bench.control.onCancel(() -> done.add("late"));
    assertThat(done).containsExactly("first", "second", "late");
  }

  @Test
  void aListenerCanCancel() {
    bench.listeners.add(
        event -> {
          if (event instanceof ProvisionEvent.StepStarted) {
            bench.control.cancel();
          }
        });
    Step waiting =
        step(
            "a",
            context ->
                context.waitUntil("godot", Duration.ofHours(1), () -> Observation.notYet("no")));
    assertThatThrownBy(() -> bench.run(waiting)).isInstanceOf(ProvisioningCancelledException.class);
    bench.seen.assertWellFormed();
  }

  @Test
  void interruptingTheRunCancelsIt() {
    Step waiting =
        step(
            "a",
            context ->
                context.waitUntil("godot", Duration.ofHours(1), () -> Observation.notYet("no")));
    Plan plan = bench.plan(waiting);
    Thread.currentThread().interrupt();
    Throwable thrown = catchThrowable(() -> bench.run(plan, waiting));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(thrown).isInstanceOf(ProvisioningCancelledException.class);
  }
}
