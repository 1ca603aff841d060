package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.EventRateLimit;
import io.rke4j.api.error.RkeException;
import io.rke4j.testkit.engine.EngineFault;
import io.rke4j.testkit.engine.EngineFaults.EngineRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wherever a change of a running cluster ends early, the next run completes it, and no process
 * works on with files of before. By itself it tries some requests to the engine; with {@code
 * -Pconvergence} every one that changes something.
 */
class ChangeConvergenceTest {

  private static final boolean WHOLE = Boolean.getBoolean("rke4j.convergence");

  /** Those that read what the change is about: a certificate, and limits for events. */
  private static final List<String> READERS = List.of("kube-apiserver", "kube-controller-manager");

  private static final EventRateLimit.Scope LIMITED = EventRateLimit.Scope.SERVER;

  private static final EngineFault BROKEN = new EngineFault.Refusal(500, "the engine is broken");

  @TempDir private Path folder;

  @Test
  @Timeout(900)
  void whatAChangeLeavesWhenTheEngineFailsTheNextRunCompletes() throws Exception {
    try (Trial trial = new Trial(1, folder)) {
      change(trial, 0);
      trial.build();
      List<EngineRequest> requests = requestsOfAChange(trial);

      assertThat(requests).anyMatch(ChangeConvergenceTest::isRestart);
      Predicate<EngineRequest> cuts =
          WHOLE ? ChangeConvergenceTest::isChange : ChangeConvergenceTest::isRestart;
      for (int nth = 1; nth <= requests.stream().filter(cuts).count(); nth++) {
        failAt(nth, cuts, trial);
      }
    }
  }

  /** Every time something else is wanted: it is in a certificate, and in a file. */
  private static void change(Trial trial, int number) {
    trial.change(
        spec ->
            spec.apiServerName("api-" + number + ".example")
                .services(
                    s -> s.apiServer(a -> a.limitEvents(LIMITED, 1_000 + number, 20_000, 0))));
  }

  private static List<EngineRequest> requestsOfAChange(Trial trial) throws Exception {
    List<EngineRequest> requests = new CopyOnWriteArrayList<>();
    trial
        .host()
        .engineFaults()
        .from(1, request -> isChange(request) && !requests.add(request), BROKEN);
    change(trial, 1_000);
    trial.build();
    trial.host().engineFaults().clear();
    return requests;
  }

  private static void failAt(int nth, Predicate<EngineRequest> cuts, Trial trial) throws Exception {
    Map<String, Instant> before = started(trial);
    change(trial, nth);
    AtomicInteger met = new AtomicInteger();
    trial
        .host()
        .engineFaults()
        .from(
            1,
            request ->
                (cuts.test(request) ? met.incrementAndGet() : met.get()) >= nth
                    && isChange(request),
            BROKEN);
    Optional<RkeException> failure = trial.tryToBuild();
    trial.host().engineFaults().clear();
    // What goes wrong while something is tidied up does not end a run.
    failure.ifPresent(found -> assertThat(found.code()).isEqualTo("step-failed"));

    trial.build();

    assertThat(started(trial))
        .as("after the failure of request %s: when those were started that read the files", nth)
        .allSatisfy((name, time) -> assertThat(time).isAfter(before.get(name)));
  }

  private static Map<String, Instant> started(Trial trial) {
    Map<String, Instant> started = new TreeMap<>();
    for (String reader : READERS) {
      started.put(reader, trial.host().docker().containers().require(reader).snapshot().started());
    }
    return started;
  }

  private static boolean isRestart(EngineRequest request) {
    return request.path().endsWith("/restart");
  }

  private static boolean isChange(EngineRequest request) {
    return !request.method().equals("GET") && !request.method().equals("HEAD");
  }
}
