package io.rke4j.testkit.assertion;

import static io.rke4j.testkit.assertion.RkeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.event.ProvisionEvent.NodeReady;
import io.rke4j.api.event.ProvisionEvent.Outcome;
import io.rke4j.api.event.ProvisionEvent.PhaseFinished;
import io.rke4j.api.event.ProvisionEvent.PhaseStarted;
import io.rke4j.api.event.ProvisionEvent.RunFinished;
import io.rke4j.api.event.ProvisionEvent.RunStarted;
import io.rke4j.api.event.ProvisionEvent.Stamp;
import io.rke4j.api.event.ProvisionEvent.StepFailed;
import io.rke4j.api.event.ProvisionEvent.StepSkipped;
import io.rke4j.api.event.ProvisionEvent.StepStarted;
import io.rke4j.api.event.ProvisionEvent.StepSucceeded;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.PlannedStep;
import io.rke4j.api.plan.StepId;
import io.rke4j.spi.ProviderException;
import io.rke4j.testkit.RecordingListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each assertion holds where it should, and where it does not its failure shows everything. */
class AssertionsTest {

  private static final StepId ETCD = new StepId(Phase.ETCD, "run-etcd", "cp-1");
  private static final StepId KUBELET = new StepId(Phase.WORKER_PLANE, "run-kubelet", "cp-1");
  private static final StepId AGENTS =
      new StepId(Phase.WORKER_PLANE, "remove-node-agents", "old-1");
  private static final StepId DNS = new StepId(Phase.ADDONS, "deploy-coredns", StepId.CLUSTER);

  private static final ClusterSpec SPEC =
      ClusterSpec.named("test")
          .kubernetes("v1.20.15-rancher2-1")
          .node(
              "cp-1", n -> n.address("192.0.2.1").user("rke").roles(Role.ETCD, Role.CONTROL_PLANE))
          .build();

  private static final Plan PLAN =
      plan(
          List.of("image x is only for subscribers"),
          step(ETCD, Decision.create("start etcd from etcd:v1, marker-secret")),
          step(KUBELET, Decision.replace(List.of("image changed"))),
          step(AGENTS, Decision.remove("remove kubelet", "remove kube-proxy")),
          step(DNS, Decision.upToDate()));
  private static final Plan EMPTY = plan(List.of(), step(ETCD, Decision.upToDate()));
  private static final Plan ONLY_ADDONS =
      plan(List.of(), step(DNS, Decision.create("apply")), step(ETCD, Decision.upToDate()));

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final RecordingListener FAILED =
      RecordingListener.of(
          List.of(
              new RunStarted(stamp(1), EMPTY),
              new PhaseStarted(stamp(2), Phase.ETCD),
              new StepStarted(stamp(3), ETCD, "run etcd"),
              new StepSucceeded(stamp(4), ETCD, Duration.ofSeconds(1)),
              new PhaseFinished(stamp(5), Phase.ETCD, Outcome.SUCCEEDED),
              new PhaseStarted(stamp(6), Phase.WORKER_PLANE),
              new StepSkipped(stamp(7), AGENTS),
              new StepStarted(stamp(8), KUBELET, "run kubelet"),
              new StepFailed(stamp(9), KUBELET, tooFull(), List.of()),
              new PhaseFinished(stamp(10), Phase.WORKER_PLANE, Outcome.FAILED),
              new RunFinished(stamp(11), Outcome.FAILED, Duration.ofSeconds(2))));
  private static final RecordingListener TORN =
      RecordingListener.of(
          List.of(
              new RunStarted(stamp(1), EMPTY),
              new PhaseStarted(stamp(2), Phase.ETCD),
              new RunFinished(stamp(3), Outcome.CANCELLED, Duration.ofSeconds(2))));

  private static Throwable tooFull() {
    return ProviderException.permanentFailure("no space left, marker-secret", "", null);
  }

  private static Stamp stamp(long sequence) {
    return new Stamp("run-1", sequence, NOON.plusMillis(sequence * 100));
  }

  private static Plan plan(List<String> warnings, PlannedStep... steps) {
    return new Plan(Plan.Goal.PROVISION, SPEC, List.of(steps), warnings);
  }

  private static PlannedStep step(StepId id, Decision decision) {
    return new PlannedStep(id, id.action(), decision, "");
  }

  @Test
  void whatHoldsOfAPlanIsAccepted() {
    assertThat(EMPTY).isEmpty().hasNoWarnings().touchesNoHost().hasNoSecret("marker-secret");
    assertThat(ONLY_ADDONS).isNotEmpty().touchesNoHost().does("addons/deploy-coredns@cluster");
    assertThat(PLAN)
        .creates("etcd", "cp-1")
        .replaces("kubelet", "cp-1")
        .removes("kube-proxy", "old-1")
        .leavesAlone("etcd", "old-1")
        .does("etcd/run-etcd@cp-1")
        .findsUpToDate("addons/deploy-coredns@cluster")
        .touchesNothingOn("cp-2")
        .hasWarning("subscribers");
  }

  static Stream<ThrowingCallable> whatDoesNotHoldOfThePlan() {
    return Stream.of(
        () -> assertThat(PLAN).isEmpty(),
        () -> assertThat(PLAN).creates("kubelet", "cp-1"),
        () -> assertThat(PLAN).creates("etcd", "cp-2"),
        () -> assertThat(PLAN).creates("et", "cp-1"),
        () -> assertThat(PLAN).replaces("etcd", "cp-1"),
        () -> assertThat(PLAN).removes("etcd", "old-1"),
        () -> assertThat(PLAN).leavesAlone("kubelet", "old-1"),
        () -> assertThat(PLAN).leavesAlone("etcd", "cp-1"),
        () -> assertThat(PLAN).does("addons/deploy-coredns@cluster"),
        () -> assertThat(PLAN).does("etcd/none@cp-1"),
        () -> assertThat(PLAN).findsUpToDate("etcd/run-etcd@cp-1"),
        () -> assertThat(PLAN).touchesNoHost(),
        () -> assertThat(PLAN).touchesNothingOn("old-1"),
        () -> assertThat(PLAN).hasWarning("certificate"),
        () -> assertThat(PLAN).hasNoWarnings());
  }

  @ParameterizedTest
  @MethodSource("whatDoesNotHoldOfThePlan")
  void whatDoesNotHoldOfAPlanIsToldWithTheWholePlan(ThrowingCallable assertion) {
    assertThat(failure(assertion)).contains("Expected that it ").endsWith(PLAN.render());
  }

  @Test
  void aFailureSaysWhatWasExpected() {
    assertThat(failure(() -> assertThat(PLAN).creates("kubelet", "cp-1")))
        .startsWith(
            """
            Expected that it creates container kubelet on node cp-1, but this is the plan:
            ! image x is only for subscribers
            + etcd/run-etcd@cp-1
            """);
    assertThat(failure(() -> assertThat(EMPTY).isNotEmpty())).contains("0 to do, 1 up to date");
  }

  @Test
  void aSecretInAPlanIsFoundAndNotRepeated() {
    assertThat(failure(() -> assertThat(PLAN).hasNoSecret("marker-secret")))
        .contains("secret")
        .doesNotContain("marker");
  }

  @Test
  void whatHappenedIsAccepted() {
    assertThat(FAILED)
        .isWellFormed()
        .failedWith("provider-failed")
        .stepSucceeded("etcd/run-etcd@cp-1")
        .stepFailed("worker-plane/run-kubelet@cp-1")
        .stepSkipped("worker-plane/remove-node-agents@old-1")
        .stepDidNotStart("worker-plane/remove-node-agents@old-1")
        .startedBefore("etcd/run-etcd@cp-1", "worker-plane/run-kubelet@cp-1")
        .endedBefore("etcd/run-etcd@cp-1", "worker-plane/run-kubelet@cp-1")
        .has(StepFailed.class, "of cp-1", it -> it.step().target().equals("cp-1"))
        .hasNoSecret("another secret");
    assertThat(TORN).wasCancelled();
    assertThat(RecordingListener.of(List.of(end(Outcome.SUCCEEDED)))).succeeded();
  }

  private static ProvisionEvent end(Outcome outcome) {
    return new RunFinished(stamp(1), outcome, Duration.ZERO);
  }

  static Stream<ThrowingCallable> whatDidNotHappen() {
    return Stream.of(
        () -> assertThat(FAILED).succeeded(),
        () -> assertThat(FAILED).wasCancelled(),
        () -> assertThat(FAILED).failedWith("lease-lost"),
        () -> assertThat(FAILED).stepSucceeded("worker-plane/run-kubelet@cp-1"),
        () -> assertThat(FAILED).stepFailed("etcd/run-etcd@cp-1"),
        () -> assertThat(FAILED).stepSkipped("etcd/run-etcd@cp-1"),
        () -> assertThat(FAILED).stepDidNotStart("etcd/run-etcd@cp-1"),
        () ->
            assertThat(FAILED).startedBefore("worker-plane/run-kubelet@cp-1", "etcd/run-etcd@cp-1"),
        () -> assertThat(FAILED).startedBefore("etcd/run-etcd@cp-1", "etcd/run-etcd@cp-2"),
        () -> assertThat(FAILED).endedBefore("worker-plane/run-kubelet@cp-1", "etcd/run-etcd@cp-1"),
        () -> assertThat(FAILED).has(NodeReady.class, "at all", it -> true));
  }

  @ParameterizedTest
  @MethodSource("whatDidNotHappen")
  void whatDidNotHappenIsToldWithAllEvents(ThrowingCallable assertion) {
    assertThat(failure(assertion)).contains("Expected that ").endsWith(FAILED.summary());
  }

  @Test
  void anEventOutOfPlaceIsToldWithAllEvents() {
    assertThat(failure(() -> assertThat(TORN).isWellFormed()))
        .contains("phases without an end", "ETCD")
        .endsWith(TORN.summary());
  }

  @Test
  void aSecretInAnEventOrItsExceptionIsFoundAndNotRepeated() {
    assertThat(failure(() -> assertThat(FAILED).hasNoSecret("marker-secret")))
        .contains("StepFailed 9")
        .doesNotContain("marker");
  }

  @Test
  void aSummaryHasALineForEachEventWithItsTime() {
    assertThat(FAILED.summary().lines())
        .hasSize(11)
        .contains(
            "   0.000s  RunStarted    run-1: provision test",
            "   0.300s  StepSucceeded etcd/run-etcd@cp-1",
            "   1.000s  RunFinished   run-1: failed")
        .anyMatch(line -> line.contains("StepFailed    worker-plane/run-kubelet@cp-1: "));
    assertThat(new RecordingListener().summary()).isEqualTo("no events\n");
  }

  private static String failure(ThrowingCallable assertion) {
    AssertionError failure = catchThrowableOfType(AssertionError.class, assertion);
    assertThat(failure).as("it fails").isNotNull();
    return String.valueOf(failure.getMessage());
  }
}
