package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.spi.Observation;
import io.rke4j.spi.WaitTimeoutException;
import io.rke4j.testkit.PatientContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clusters come and go, and leave nothing open in the program that builds them. It waits for idle
 * threads to end, so only {@code -Pscale} runs it, with a hundred rounds.
 */
@EnabledIfSystemProperty(named = "rke4j.rounds", matches = "\\d+", disabledReason = "with -Pscale")
class LeftoversTest {

  private static final int ROUNDS = Integer.getInteger("rke4j.rounds", 2);

  /** Threads that have nothing to do are kept for a minute. */
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  @TempDir private Path folder;

  @Test
  void afterManyRoundsNoMoreIsOpenThanAfterTheFirst() throws Exception {
    Map<String, Integer> first;
    try (Trial trial = new Trial(3, folder.resolve("kept"))) {
      round(trial);
      await("idle workers to end", () -> named("thread rke-#", open()));
      collectGarbage();
      first = open();
      for (int round = 1; round < ROUNDS; round++) {
        round(trial);
      }
      assertNoMoreThan(first);
    }
    // Nor is it kept open by those who did it.
    for (int round = 0; round < Math.max(1, ROUNDS / 10); round++) {
      try (Trial trial = new Trial(1, folder.resolve("closed-" + round))) {
        round(trial);
      }
    }
    assertNoMoreThan(first);
  }

  private static void round(Trial trial) throws Exception {
    trial.build();
    trial.remove();
  }

  private static void assertNoMoreThan(Map<String, Integer> first) {
    collectGarbage();
    await("what is open to be closed", () -> surplus(first, open()));
    assertThat(surplus(first, open())).isEmpty();
  }

  /** Before Java 21 a client for HTTP is closed by nobody else. */
  private static void collectGarbage() {
    System.gc();
  }

  private interface Look {
    Map<String, Integer> surplus();
  }

  /** Whoever asserts says what is left when time runs out. */
  private static void await(String what, Look look) {
    try {
      new PatientContext()
          .waitUntil(
              what,
              PATIENCE,
              () ->
                  look.surplus().isEmpty()
                      ? Observation.done()
                      : Observation.notYet(look.surplus().toString()));
    } catch (WaitTimeoutException e) {
      assertThat(look.surplus()).as("%s", e.getMessage()).isEmpty();
    }
  }

  private static Map<String, Integer> named(String name, Map<String, Integer> open) {
    return open.containsKey(name) ? Map.of(name, open.get(name)) : Map.of();
  }

  private static Map<String, Integer> open() {
    Map<String, Integer> open = new TreeMap<>();
    Use.threads().forEach((name, count) -> open.put("thread " + name, count));
    Use.handles().forEach(kind -> open.merge("handle " + kind, 1, Integer::sum));
    return open;
  }

  private static Map<String, Integer> surplus(
      Map<String, Integer> before, Map<String, Integer> after) {
    Map<String, Integer> surplus = new TreeMap<>(after);
    surplus.replaceAll((name, count) -> count - before.getOrDefault(name, 0));
    surplus.values().removeIf(count -> count <= 0);
    return surplus;
  }
}
