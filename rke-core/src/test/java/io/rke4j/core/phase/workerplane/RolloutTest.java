package io.rke4j.core.phase.workerplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.Drain;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.core.engine.Step;
import io.rke4j.core.fake.FakeHosts;
import io.rke4j.core.kube.KubeApiStub;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.core.phase.RunContainer;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.testkit.PatientContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node whose kubelet is replaced, and its pods. */
class RolloutTest {

  private static final NodeName NODE = NodeName.of("n1");
  private static final String PATH = "/api/v1/nodes/n1";
  private static final Drain.On GENTLE =
      new Drain.On(false, true, false, -1, Duration.ofSeconds(30));

  private final KubeApiStub server = KubeApiStub.started();
  private final FakeHosts hosts = new FakeHosts();
  private final KubeConnection connection =
      new KubeConnection(
          () -> Optional.of(server.kubeconfig()),
          Optional.empty(),
          Map.of(),
          kubeconfig -> {
            throw new AssertionError("nothing is deployed");
          });
  private final Step.OnNode kubelet =
      new RunContainer(
          Steps.on(Phase.WORKER_PLANE, "run-kubelet", NODE),
          NODE,
          Set.of(),
          engine -> ContainerSpec.named("kubelet", new ImageRef("a/kubelet:v2")).build());
  private final Replacement replacement = new Replacement(NODE, List.of(kubelet), connection);
  private final Step.OnNode cordon = new CordonNode(Set.of(), replacement);
  private final Step.OnNode uncordon =
      new UncordonNode(Steps.on(Phase.WORKER_PLANE, "uncordon-node", NODE), Set.of(), replacement);

  @BeforeEach
  void anOldKubeletRunsAndItsNodeIsReady() {
    server.put("/version", KubeJson.object().put("gitVersion", "v1.30.14"));
    server.put(PATH, node("True"));
    hosts
        .engine(NODE)
        .ensureRunning(
            ContainerSpec.named("kubelet", new ImageRef("a/kubelet:v1")).build(),
            new PatientContext());
  }

  @AfterEach
  void close() {
    connection.close();
    server.close();
  }

  @Test
  void aNodeGetsNoPodsWhileItsKubeletIsReplaced() {
    assertThat(kind(cordon)).contains(Decision.Kind.REPLACE);
    assertThat(kind(uncordon)).contains(Decision.Kind.FOLLOW_UP);
    apply(cordon);
    assertThat(node().at("/spec/unschedulable").asBoolean()).isTrue();
    assertThat(kind(cordon)).isEmpty();
    apply(kubelet);
    assertThat(kind(uncordon)).contains(Decision.Kind.FOLLOW_UP);
    apply(uncordon);
    assertThat(node().at("/spec/unschedulable").asBoolean()).isFalse();
    assertThat(node().at("/metadata/annotations").isEmpty()).isTrue();
    assertThat(List.of(kind(cordon), kind(drain(GENTLE)), kind(uncordon)))
        .containsOnly(Optional.empty());
  }

  @Test
  void nothingHappensToANodeOfWhichNothingIsReplaced() {
    apply(kubelet);

    assertThat(List.of(kind(cordon), kind(drain(GENTLE)), kind(uncordon)))
        .containsOnly(Optional.empty());
    assertThat(server.writes()).isEmpty();
  }

  @Test
  void aNodeThatAnEarlierRunLeftBehindGetsPodsAgain() {
    apply(cordon);
    apply(kubelet);

    assertThat(kind(cordon)).isEmpty();
    apply(uncordon);

    assertThat(node().at("/spec/unschedulable").asBoolean()).isFalse();
  }

  @Test
  void aNodeThatAPersonHasCordonedStaysSo() {
    ObjectNode node = node("True");
    node.putObject("spec").put("unschedulable", true);
    server.put(PATH, node);

    assertThat(kind(cordon)).isEmpty();
    assertThat(kind(uncordon)).isEmpty();
    assertThat(kind(drain(GENTLE))).contains(Decision.Kind.REPLACE);
  }

  @Test
  void aNodeThatIsNotReadyOrNotThereIsReplacedWithoutMuchAdo() {
    server.put(PATH, node("False"));
    assertThat(List.of(kind(cordon), kind(drain(GENTLE)), kind(uncordon)))
        .containsOnly(Optional.empty());
    server.remove(PATH);
    assertThat(List.of(kind(cordon), kind(drain(GENTLE)), kind(uncordon)))
        .containsOnly(Optional.empty());
  }

  @Test
  void whatAPersonHasCordonedStaysSoAlsoIfNobodyAnsweredWhenItWasDecided() {
    ObjectNode node = node("True");
    node.putObject("spec").put("unschedulable", true);
    server.put(PATH, node);

    applyUndecided(cordon);
    apply(kubelet);
    applyUndecided(uncordon);

    assertThat(node().at("/spec/unschedulable").asBoolean()).isTrue();
    assertThat(server.writes()).isEmpty();
  }

  @Test
  void whatIsCordonedHereIsReleasedAlsoIfNobodyAnsweredWhenItWasDecided() {
    applyUndecided(cordon);
    assertThat(node().at("/spec/unschedulable").asBoolean()).isTrue();
    apply(kubelet);
    applyUndecided(uncordon);
    assertThat(node().at("/spec/unschedulable").asBoolean()).isFalse();
  }

  @Test
  void aNodeThatHasGoneIsNeitherCordonedNorDrainedNorWaitedFor() {
    pod("web-1", "ReplicaSet");
    server.remove(PATH);

    List.of(cordon, drain(GENTLE), uncordon).forEach(this::applyUndecided);
    new EvictPods(NODE, Set.of(), connection, GENTLE).apply(new PatientContext());

    assertThat(server.writes()).isEmpty();
  }

  @Test
  void podsAreEvictedAndAwaited() {
    pod("web-1", "ReplicaSet");
    pod("agent-1", "DaemonSet");
    server.put("/api/v1/pods/static-1", mirrored());
    elsewhere();
    evictionsSucceed();

    apply(drain(GENTLE));

    assertThat(server.writes())
        .containsExactly("POST /api/v1/namespaces/default/pods/web-1/eviction");
    assertThat(server.get("/api/v1/namespaces/default/pods/web-1/eviction/web-1"))
        .get()
        .satisfies(
            eviction -> {
              assertThat(eviction.path("apiVersion").asText()).isEqualTo("policy/v1");
              assertThat(eviction.at("/deleteOptions/preconditions/uid").asText())
                  .isEqualTo("uid-web-1");
              assertThat(eviction.at("/deleteOptions").has("gracePeriodSeconds")).isFalse();
            });
  }

  @Test
  void olderServersAreAskedInTheirOwnWords() {
    server.put("/version", KubeJson.object().put("gitVersion", "v1.20.15"));
    pod("web-1", "ReplicaSet");
    evictionsSucceed();

    apply(drain(new Drain.On(false, true, false, 7, Duration.ofSeconds(30))));

    assertThat(server.get("/api/v1/namespaces/default/pods/web-1/eviction/web-1"))
        .get()
        .satisfies(
            eviction -> {
              assertThat(eviction.path("apiVersion").asText()).isEqualTo("policy/v1beta1");
              assertThat(eviction.at("/deleteOptions/gracePeriodSeconds").asInt()).isEqualTo(7);
            });
  }

  @Test
  void podsThatNobodyBringsBackOrThatLoseDataHoldTheNodeBack() {
    pod("lonely", "");
    localData("scratch");
    pod("agent-1", "DaemonSet");

    assertThatThrownBy(
            () -> apply(drain(new Drain.On(false, false, false, -1, Duration.ofSeconds(30)))))
        .isInstanceOfSatisfying(
            DrainFailedException.class,
            e ->
                assertThat(e.evidence())
                    .containsExactlyInAnyOrder(
                        "default/agent-1 is of a DaemonSet, which would bring it back",
                        "default/lonely has no controller that would bring it back",
                        "default/scratch keeps data in an emptyDir, which would be lost"));
    assertThat(server.writes()).isEmpty();
  }

  @Test
  void whatMayGoGoesAndDaemonSetsStay() {
    pod("lonely", "");
    localData("scratch");
    pod("agent-1", "DaemonSet");
    evictionsSucceed();

    apply(drain(new Drain.On(true, true, true, -1, Duration.ofSeconds(30))));

    assertThat(server.get("/api/v1/pods/agent-1")).isPresent();
    assertThat(server.get("/api/v1/pods/lonely")).isEmpty();
    assertThat(server.get("/api/v1/pods/scratch")).isEmpty();
  }

  @Test
  void podsWithNothingLeftToDoHoldNobodyBack() {
    pod("done", "");
    server.put(
        "/api/v1/pods/done",
        ((ObjectNode) server.get("/api/v1/pods/done").orElseThrow())
            .set("status", KubeJson.object().put("phase", "Succeeded")));
    evictionsSucceed();

    apply(drain(GENTLE));

    assertThat(server.get("/api/v1/pods/done")).isEmpty();
  }

  @Test
  void aDisruptionBudgetStopsTheRolloutAfterAWhile() {
    pod("db-0", "StatefulSet");
    server.intercept(
        request ->
            request.endsWith("/eviction")
                ? Optional.of(KubeApiStub.failure(429, "TooManyRequests"))
                : Optional.empty());

    assertThatThrownBy(
            () -> apply(drain(new Drain.On(false, true, false, -1, Duration.ofSeconds(1)))))
        .isInstanceOf(DrainFailedException.class)
        .hasMessageContaining("default/db-0 may not go")
        .hasMessageContaining("TooManyRequests");
    assertThat(hosts.engine(NODE).definition("kubelet").image()).hasToString("a/kubelet:v1");
  }

  private Step.OnNode drain(Drain.On settings) {
    return new DrainNode(replacement, settings);
  }

  /** When the step is decided the API is not well; when it acts, it is. */
  private void applyUndecided(Step.OnNode step) {
    server.intercept(request -> Optional.of(KubeApiStub.failure(503, "ServiceUnavailable")));
    assertThat(step.inspect(hosts.open(NODE))).isInstanceOf(Decision.Deferred.class);
    server.intercept(request -> Optional.empty());
    apply(step);
  }

  private void apply(Step.OnNode step) {
    step.apply(hosts.open(NODE), new PatientContext());
  }

  private Optional<Decision.Kind> kind(Step.OnNode step) {
    return step.inspect(hosts.open(NODE)) instanceof Decision.Change change
        ? Optional.of(change.kind())
        : Optional.empty();
  }

  private JsonNode node() {
    return server.get(PATH).orElseThrow();
  }

  private static ObjectNode node(String ready) {
    ObjectNode node = KubeJson.object("v1", "Node", "", "n1");
    node.putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", ready);
    return node;
  }

  private void evictionsSucceed() {
    server.intercept(
        request -> {
          if (request.endsWith("/eviction")) {
            String name = request.replaceFirst(".*/pods/(.*)/eviction", "$1");
            server.remove("/api/v1/pods/" + name);
          }
          return Optional.empty();
        });
  }

  private void pod(String name, String controller) {
    server.put("/api/v1/pods/" + name, podOf(name, controller, "n1"));
  }

  private void localData(String name) {
    ObjectNode pod = podOf(name, "ReplicaSet", "n1");
    pod.withObject("/spec").putArray("volumes").addObject().putObject("emptyDir");
    server.put("/api/v1/pods/" + name, pod);
  }

  private void elsewhere() {
    server.put("/api/v1/pods/other-1", podOf("other-1", "ReplicaSet", "n2"));
  }

  private static ObjectNode mirrored() {
    ObjectNode pod = podOf("static-1", "", "n1");
    pod.withObject("/metadata").putObject("annotations").put("kubernetes.io/config.mirror", "x");
    return pod;
  }

  private static ObjectNode podOf(String name, String controller, String node) {
    ObjectNode pod = KubeJson.object("v1", "Pod", "default", name);
    ObjectNode metadata = pod.withObject("/metadata").put("uid", "uid-" + name);
    if (!controller.isEmpty()) {
      metadata
          .putArray("ownerReferences")
          .addObject()
          .put("kind", controller)
          .put("controller", true);
    }
    pod.putObject("spec").put("nodeName", node);
    pod.putObject("status").put("phase", "Running");
    return pod;
  }
}
