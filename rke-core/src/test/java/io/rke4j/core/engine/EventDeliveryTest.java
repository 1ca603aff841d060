package io.rke4j.core.engine;

import static io.rke4j.core.engine.Scripted.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.testkit.RecordingListener;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventDeliveryTest {

  private final Bench bench = new Bench();
  private final RecordingListener seen = new RecordingListener();
  private final CountDownLatch slow = new CountDownLatch(1);

  @AfterEach
  void close() {
    slow.countDown();
    bench.close();
  }

  private EventBus slowBus() {
    return new EventBus(
        "run", Clock.systemUTC(), List.of(event -> ExecutorTest.awaitLatch(slow), seen));
  }

  @Test
  void aListenerThatThrowsIsKeptAndHarmsNothing() {
    bench.listeners.add(
        0,
        event -> {
          throw new IllegalStateException("a bug");
        });
    bench.listeners.add(
        0,
        event -> {
          throw new AssertionError("another");
        });
    bench.run(step("a", context -> {}));
    bench.seen.assertWellFormed();
  }

  @Test
  void aListenerThatInterruptsItselfMissesNothing() {
    bench.listeners.add(0, event -> Thread.currentThread().interrupt());
    bench.run(step("a", context -> {}), step("b", context -> {}, "a"));
    bench.seen.assertWellFormed();
  }

  @Test
  void workDoesNotWaitForASlowListenerUntilAThousandEventsPileUp() {
    EventBus bus = slowBus();
    LongStream.range(0, 1_000).forEach(i -> bus.nodeReady("n" + i));
    slow.countDown();
    bus.close();
    assertThat(seen.events()).hasSize(1_000);
  }

  @Test
  void noticesAreDroppedWithoutGapsAndOthersWait() throws Exception {
    EventBus bus = slowBus();
    ExecutorService worker = Executors.newSingleThreadExecutor();
    try {
      // One more than fits, since the listener holds the first.
      LongStream.range(0, 1_000).forEach(i -> bus.nodeReady("n" + i));
      Future<?> waiting =
          worker.submit(
              () -> {
                bus.nodeReady("one more");
                bus.nodeReady("and one");
              });
      LongStream.range(0, 50).forEach(i -> bus.warning("dropped or not"));
      slow.countDown();
      waiting.get(30, TimeUnit.SECONDS);
      bus.close();
    } finally {
      worker.shutdownNow();
    }
    List<ProvisionEvent> events = seen.events();
    assertThat(seen.events(ProvisionEvent.NodeReady.class)).hasSize(1_002);
    assertThat(seen.events(ProvisionEvent.Warning.class)).hasSizeLessThan(3);
    assertThat(events)
        .extracting(ProvisionEvent::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
  }

  @Test
  void aListenerThatTheMachineGivesUpOnHoldsNobodyBack() {
    EventBus bus =
        new EventBus(
            "run",
            Clock.systemUTC(),
            List.of(
                event -> {
                  throw new QuietDeath();
                }));
    LongStream.range(0, 2_500).forEach(i -> bus.nodeReady("n" + i));
    bus.close();
    assertThat(bus.isDelivering()).isFalse();
  }

  /** What no one survives, without the noise on standard error. */
  private static final class QuietDeath extends VirtualMachineError {
    private static final long serialVersionUID = 1L;
  }
}
