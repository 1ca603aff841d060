package io.rke4j.core.engine;

import static io.rke4j.core.engine.Scripted.id;
import static io.rke4j.core.engine.Scripted.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rke4j.api.StepFailedException;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.spi.Observation;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.WaitTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long the engine waits, with the patience of production, in a time of the test's own. */
@Timeout(20)
class WaitingTest {

  private final VirtualTicker ticker = new VirtualTicker();
  private final Bench bench = new Bench(ticker, Patience.USUAL);

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aMinuteAndAHalfIsWaitedForWhatNeverComesAndNotMuchLonger() {
    List<Duration> looks = new ArrayList<>();
    Step waiting =
        step(
            "a",
            context ->
                context.waitUntil(
                    "quorum",
                    Duration.ofSeconds(90),
                    () -> {
                      looks.add(ticker.passed());
                      return Observation.notYet("1 of 3 voting");
                    }));

    StepFailedException failed =
        catchThrowableOfType(StepFailedException.class, () -> bench.run(waiting));

    assertThat(failed.failures().get(id("a")))
        .isInstanceOfSatisfying(
            WaitTimeoutException.class,
            timeout -> assertThat(timeout.waited()).isEqualTo(Duration.ofSeconds(90)))
        .hasMessageContaining("1 of 3 voting");
    // Often at first, then once a second: never a burst, and never a look that comes too late.
    assertThat(looks.get(1)).isEqualTo(Duration.ofMillis(50));
    assertThat(looks).hasSizeBetween(100, 250).last().isEqualTo(Duration.ofSeconds(90));
    for (int index = 1; index < looks.size(); index++) {
      Duration pause = looks.get(index).minus(looks.get(index - 1));
      assertThat(pause).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
    }
  }

  @Test
  void whatComesAfterHalfAMinuteIsSeenWithinASecond() {
    bench.run(
        step(
            "a",
            context ->
                context.waitUntil(
                    "quorum",
                    Duration.ofSeconds(90),
                    () ->
                        ticker.passed().compareTo(Duration.ofSeconds(30)) >= 0
                            ? Observation.done()
                            : Observation.notYet("2 of 3"))));
    assertThat(ticker.passed()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
  }

  @Test
  void aStepIsTriedFourTimesAndEveryPauseIsThreeTimesTheOneBefore() {
    AtomicInteger attempts = new AtomicInteger();
    Step failing =
        step(
            "a",
            context -> {
              attempts.set(context.attempt());
              throw ProviderException.transientFailure("the engine is busy", "wait", null);
            });

    StepFailedException failed =
        catchThrowableOfType(StepFailedException.class, () -> bench.run(failing));

    assertThat(failed).hasMessageContaining("the engine is busy");
    assertThat(attempts).hasValue(4);
    assertThat(bench.seen.events(ProvisionEvent.StepRetrying.class))
        .extracting(event -> event.in().toMillis())
        .containsExactly(500L, 1_500L, 4_500L);
    assertThat(ticker.passed()).isEqualTo(Duration.ofMillis(6_500));
    bench.seen.assertWellFormed();
  }

  @Test
  void stepsTakeTheTimeThatPasses() {
    bench.run(step("a", context -> ticker.pass(Duration.ofMinutes(7))));
    assertThat(bench.seen.events(ProvisionEvent.StepSucceeded.class))
        .extracting(ProvisionEvent.StepSucceeded::took)
        .containsExactly(Duration.ofMinutes(7));
  }

  @Test
  void afterAFailureWhatOthersWaitForGetsAQuarterOfAMinute() {
    Step waiting =
        step(
            "a",
            context ->
                context.waitUntil(
                    "quorum",
                    Duration.ofHours(1),
                    () -> {
                      // The other one has failed by now.
                      bench.control.stepFailed(Patience.USUAL.grace().multipliedBy(3));
                      return Observation.notYet("1 of 3 voting");
                    }));
    StepFailedException failed =
        catchThrowableOfType(StepFailedException.class, () -> bench.run(waiting));
    assertThat(failed.failures().get(id("a"))).isInstanceOf(WaitTimeoutException.class);
    assertThat(ticker.passed()).isEqualTo(Duration.ofSeconds(15));
  }
}
