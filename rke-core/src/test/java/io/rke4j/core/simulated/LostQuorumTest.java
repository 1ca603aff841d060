package io.rke4j.core.simulated;

import static io.rke4j.testkit.assertion.RkeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.Cluster;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.error.RkeException;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.PlannedStep;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.kube.KubeApi;
import io.rke4j.spi.addon.KubeApiException;
import io.rke4j.testkit.SimulatedHost;
import io.rke4j.testkit.kube.api.Fault;
import io.rke4j.testkit.kube.api.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that can agree on nothing, under API servers that go on. */
@Timeout(240)
class LostQuorumTest {

  private static final StepId AUTHORIZE =
      new StepId(Phase.CONTROL_PLANE, "authorize", StepId.CLUSTER);

  @TempDir private Path folder;

  @Test
  void membersThatAreGoneLetTheApiTimeOutAndTheNextRunBringsThemBack() throws Exception {
    try (Trial trial = Trial.impatient(3, folder)) {
      trial.build();
      stopEtcd(trial.fleet().host(2));
      Cluster cluster = trial.provisioner().find(trial.spec()).orElseThrow();
      try (KubeApi api = KubeApi.open(cluster.kubeconfig())) {
        assertThat(api.ready().reached()).isTrue();
        stopEtcd(trial.fleet().host(1));
        assertThat(hurrying(trial, api::ready).lastSeen()).contains("500");
        assertThatThrownBy(
                () -> hurrying(trial, () -> api.nodeReady(NodeName.of(trial.host().name()))))
            .isInstanceOf(KubeApiException.class)
            .hasMessageContaining("was answered with 500: etcdserver: request timed out");
      }

      Plan plan = hurrying(trial, () -> trial.provisioner().plan(trial.spec()));

      assertThat(decision(plan, AUTHORIZE))
          .isInstanceOfSatisfying(
              Decision.Deferred.class,
              deferred ->
                  assertThat(deferred.until())
                      .startsWith("once the API server answers; GET ")
                      .endsWith("was answered with 500: etcdserver: request timed out"));
      // The first, which runs, could wait for the others for ever.
      assertThat(plan)
          .does("etcd/start-etcd@host-2")
          .does("etcd/start-etcd@host-3")
          .findsUpToDate("etcd/run-etcd@host-2");
      hurrying(
          trial,
          () -> {
            trial.build();
            return plan;
          });
    }
  }

  @Test
  void newFilesDoNotWaitForAQuorumThatIsNotThere() throws Exception {
    try (Trial trial = Trial.impatient(3, folder)) {
      trial.build();
      stopEtcd(trial.fleet().host(1));
      stopEtcd(trial.fleet().host(2));

      trial.change(spec -> spec.apiServerName("another.example"));

      hurrying(
          trial,
          () -> {
            trial.build();
            return "";
          });
    }
  }

  @Test
  void aRunThatFindsNoQuorumEndsWithWhatTheServerSaysOfItsEtcd() throws Exception {
    try (Trial trial = Trial.impatient(1, folder)) {
      Faults faults = trial.fleet().apiFaults();
      faults.nth(
          1,
          request -> request.path().equals("/readyz"),
          new Fault.Meanwhile("etcd loses its quorum", faults::loseQuorum));

      Optional<RkeException> failure = hurrying(trial, trial::tryToBuild);

      assertThat(failure).isPresent();
      assertThat(failure.get()).hasMessageContaining("etcd failed");
      trial.fleet().apiFaults().regainQuorum();
      trial.build();
    }
  }

  @Test
  void aQuorumThatIsRegainedInTimeIsWaitedFor() throws Exception {
    try (Trial trial = new Trial(1, folder)) {
      assertThat(
              trial.interrupt(
                  trial.provisioner().plan(trial.spec()),
                  AUTHORIZE,
                  run -> {
                    trial.fleet().apiFaults().loseQuorum();
                    trial
                        .fleet()
                        .time()
                        .later(Duration.ofMillis(500), trial.fleet().apiFaults()::regainQuorum);
                  }))
          .isEmpty();
      trial.build();
    }
  }

  private static void stopEtcd(SimulatedHost host) {
    host.docker().stop(host.docker().containers().require("etcd"));
  }

  private static Decision decision(Plan plan, StepId step) {
    return plan.steps().stream()
        .filter(planned -> planned.id().equals(step))
        .map(PlannedStep::decision)
        .findFirst()
        .orElseThrow();
  }

  /** Lets the waits of the API servers pass at once. */
  private static <T> T hurrying(Trial trial, Callable<T> work) throws Exception {
    CompletableFuture<T> done =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return work.call();
              } catch (RuntimeException e) {
                throw e;
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    while (true) {
      try {
        return done.get(50, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        trial.fleet().time().pass(Duration.ofSeconds(10));
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }
  }
}
