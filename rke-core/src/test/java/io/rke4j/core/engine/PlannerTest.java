package io.rke4j.core.engine;

import static io.rke4j.core.engine.Scripted.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rke4j.api.StepFailedException;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.core.host.Host;
import io.rke4j.spi.runtime.ContainerRuntime;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlannerTest {

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void whatADecidingStepIsHandedCannotBeTurnedIntoSomethingThatActs() {
    bench.plan(
        step(Bench.NODE, "look", context -> {})
            .deciding(
                host -> {
                  assertThat(host).isNotInstanceOf(Host.class);
                  assertThat(host.containers()).isNotInstanceOf(ContainerRuntime.class);
                  return Decision.create("look");
                }));
    assertThat(bench.hosts.engine(Bench.NODE).mutations()).isEmpty();
  }

  @Test
  void aStepOnAMachineThatIsYetToComeIsDeferredAndSaysWhatItExpects() {
    bench.hosts.missing(Bench.NODE);
    assertThat(bench.plan(step(Bench.NODE, "run", context -> {})).render())
        .startsWith("? files/run@n1")
        .contains("run")
        .contains("once its machine is ready");
  }

  @Test
  void everyHostThatCannotBeLookedAtIsNamed() {
    NodeName other = new NodeName("n2");
    StepFailedException failed =
        catchThrowableOfType(
            StepFailedException.class,
            () -> bench.plan(blind(Bench.NODE), blind(other), step("c", context -> {})));
    assertThat(failed.failures()).hasSize(2);
    assertThat(failed).hasMessageContaining("files/look@n1").hasMessageContaining("files/look@n2");
  }

  @Test
  void noMoreHostsThanAllowedAreLookedAtAtOnce() {
    bench.limits = new Executor.Limits(2, false);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CyclicBarrier pair = new CyclicBarrier(2);
    Step[] steps =
        IntStream.range(0, 12)
            .mapToObj(i -> counting(new NodeName("n" + i), now, most, pair))
            .toArray(Step[]::new);
    assertThat(bench.plan(steps).steps()).hasSize(12);
    assertThat(most).hasValue(2);
  }

  private static Step counting(
      NodeName node, AtomicInteger now, AtomicInteger most, CyclicBarrier pair) {
    return step(node, "look", context -> {})
        .deciding(
            host -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              meet(pair);
              now.decrementAndGet();
              return Decision.upToDate();
            });
  }

  private static void meet(CyclicBarrier pair) {
    try {
      pair.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("nobody else looks at the same time", e);
    }
  }

  private static Step blind(NodeName node) {
    return step(node, "look", context -> {})
        .deciding(
            host -> {
              throw new IllegalStateException("connection refused");
            });
  }

  @Test
  void twoStepsOfOneNameAreAMistake() {
    assertThatThrownBy(() -> bench.plan(step("a", context -> {}), step("a", context -> {})))
        .hasMessage("two steps are named etcd/a@cluster");
  }

  @Test
  void waitingForAStepThatDoesNotExistIsAMistake() {
    assertThatThrownBy(() -> bench.plan(step("a", context -> {}, "ghost")))
        .hasMessage("etcd/a@cluster waits for unknown step etcd/ghost@cluster");
  }

  @Test
  void waitingForALaterStepIsAMistake() {
    assertThatThrownBy(() -> bench.plan(step("a", context -> {}, "b"), step("b", context -> {})))
        .hasMessageContaining("etcd/a@cluster waits for a step that does not stand before it");
  }
}
