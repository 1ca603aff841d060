package io.rke4j.core.simulated;

import static io.rke4j.testkit.assertion.RkeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.Provisioning;
import io.rke4j.api.ProvisioningCancelledException;
import io.rke4j.api.StepFailedException;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodePool;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.PlannedStep;
import io.rke4j.core.kube.KubeApi;
import io.rke4j.core.kube.KubeClient;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.testkit.RecordingListener;
import io.rke4j.testkit.SimulatedFleet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers that nobody reaches any more get new machines, on simulated hosts. */
@Timeout(600)
class ReplacementTest {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration AFTER = Duration.ofMinutes(10);

  @TempDir private Path folder;
  private final SimulatedFleet fleet = SimulatedFleet.of(8);
  private final FleetDriver driver = new FleetDriver(fleet);
  private final RecordingListener seen = new RecordingListener();

  @AfterEach
  void close() {
    fleet.close();
  }

  private static ClusterSpec spec(int size, int atMost) {
    return ClusterSpec.named("pool")
        .kubernetes("v1.20.15-rancher2-1")
        .addons(a -> a.withoutDns().withoutIngress().withoutMetrics())
        .network(n -> n.plugin("flannel"))
        .node("cp", n -> n.machine(2, "4Gi", "20Gi").roles(Role.ETCD, Role.CONTROL_PLANE))
        .pool(
            NodePool.of("w", size, 2, "4Gi", "20Gi", Role.WORKER).replaceUnreachable(AFTER, atMost))
        .build();
  }

  private ClusterProvisioner.Builder rke() {
    return ClusterProvisioner.builder()
        .nodeDriver(driver)
        .stateDirectory(folder.resolve("state"))
        .hostKeys(new HostKeyPolicy.Pinned(fleet.fingerprints()));
  }

  private Cluster build(ClusterSpec spec) throws Exception {
    try (ClusterProvisioner rke = rke().build()) {
      Cluster cluster = rke.apply(rke.plan(spec)).await(PATIENCE).orElseThrow();
      driver.calls().clear();
      return cluster;
    }
  }

  private static String decision(Plan plan, String step) {
    return plan.steps().stream()
        .filter(one -> one.id().toString().equals(step))
        .map(PlannedStep::decision)
        .map(Object::toString)
        .findFirst()
        .orElse("none");
  }

  /** Makes it long ago that Kubernetes has heard of a node. */
  private static void age(Cluster cluster, String node, Duration time) {
    try (KubeClient client = KubeClient.open(cluster.kubeconfig(), Optional.empty())) {
      ObjectNode object = client.read("/api/v1/nodes/" + node);
      ArrayNode conditions = (ArrayNode) object.at("/status/conditions");
      for (JsonNode condition : conditions) {
        assertThat(condition.path("status").asText()).as("%s", condition).isEqualTo("Unknown");
        Instant since = Instant.now().minus(time).truncatedTo(ChronoUnit.SECONDS);
        ((ObjectNode) condition).put("lastTransitionTime", since.toString());
      }
      ObjectNode patch = KubeJson.object();
      patch.putObject("status").set("conditions", conditions);
      client.merge("/api/v1/nodes/" + node + "/status", patch);
    }
  }

  private void lose(Cluster cluster, String node, Duration ago) {
    driver.lose(node);
    // Kubernetes takes most of a minute to notice.
    fleet.clusters().get(0).nodeLost(node);
    age(cluster, node, ago);
  }

  @Test
  void aWorkerThatNobodyReachesGetsANewMachineAndThePlanSaysWhy() throws Exception {
    ClusterSpec spec = spec(2, 1);
    Cluster cluster = build(spec);
    String old = driver.host("w-2").address();
    lose(cluster, "w-2", Duration.ofMinutes(17));

    try (ClusterProvisioner rke = rke().listener(seen).build()) {
      Plan plan = rke.plan(spec);

      assertThat(driver.calls()).as("a plan changes nothing").isEmpty();
      assertThat(plan.render())
          .contains("- machine/destroy-machine@w-2", "+ machine/create-machine@w-2")
          .containsPattern("has heard nothing of its node since 20.*, for 17m")
          .contains("Kubelet stopped posting node status", "cannot connect to " + old + ":")
          .doesNotContain("Check that the host is up");
      assertThat(decision(plan, "worker-plane/run-kubelet@w-2")).contains("Deferred");
      assertThat(plan).leavesAlone("kubelet", "w-1").leavesAlone("kubelet", "cp");

      rke.apply(plan).await(PATIENCE);

      assertThat(driver.calls()).containsExactly("-w-2", "+w-2");
      assertThat(driver.host("w-2").address()).isNotEqualTo(old);
      try (KubeApi api = KubeApi.open(cluster.kubeconfig())) {
        assertThat(api.nodeReady(NodeName.of("w-2")).reached()).isTrue();
      }
      assertThat(seen.events(ProvisionEvent.NodeRemoved.class))
          .extracting(ProvisionEvent.NodeRemoved::node)
          .containsExactly("w-2");
      seen.assertWellFormed();
      Plan next = rke.plan(spec);
      assertThat(next.isEmpty()).as(next.render()).isTrue();

      lose(cluster, "w-1", Duration.ofMinutes(11));
      driver.forget("w-1");
      Plan gone = rke.plan(spec);
      assertThat(gone.render()).contains("its machine does not exist any more");
      rke.apply(gone).await(PATIENCE);
      assertThat(driver.calls()).endsWith("+w-1");
      assertThat(rke.plan(spec)).isEmpty();
    }
  }

  @Test
  void whoAnswersOrIsHeardOfOrHasNotBeenAwayForLongIsNotReplacedNorAreMostNodes() throws Exception {
    ClusterSpec spec = spec(2, 2);
    Cluster cluster = build(spec);
    try (ClusterProvisioner rke = rke().build()) {
      // Its kubelet is silent, but the host answers: a run can mend it.
      fleet.clusters().get(0).nodeLost("w-1");
      age(cluster, "w-1", Duration.ofHours(3));
      assertThat(decision(rke.plan(spec), "machine/destroy-machine@w-1")).isEqualTo("none");
      String address = driver.host("w-1").address();
      fleet.clusters().get(0).registerNode("w-1", address, Map.of(), List.of());

      // The host does not answer, but Kubernetes hears of it.
      driver.host("w-2").disconnect();
      assertThatThrownBy(() -> rke.plan(spec))
          .isInstanceOf(StepFailedException.class)
          .hasMessageContaining("cannot connect to")
          .hasMessageNotContaining("destroy-machine");

      lose(cluster, "w-2", Duration.ofMinutes(9));
      assertThatThrownBy(() -> rke.plan(spec))
          .isInstanceOf(StepFailedException.class)
          .hasMessageContaining("machine/destroy-machine@w-2: node w-2 is out of reach")
          .hasMessageContaining("it may be replaced from 20");

      age(cluster, "w-2", Duration.ofHours(1));
      lose(cluster, "w-1", Duration.ofHours(1));
      assertThatThrownBy(() -> rke.plan(spec))
          .isInstanceOf(StepFailedException.class)
          .hasMessageContaining("2 of 3 nodes")
          .hasMessageContaining("destroy-machine@w-1")
          .hasMessageContaining("destroy-machine@w-2");
      assertThat(driver.calls()).isEmpty();
    }
  }

  @Test
  void noFurtherMachineIsDestroyedBeforeTheOneBeforeIsMadeAnew() throws Exception {
    ClusterSpec spec = spec(4, 1);
    Cluster cluster = build(spec);
    lose(cluster, "w-2", Duration.ofHours(1));
    lose(cluster, "w-4", Duration.ofHours(1));
    driver.exhausted(true);

    try (ClusterProvisioner rke = rke().build()) {
      for (int attempt = 1; attempt <= 2; attempt++) {
        Provisioning run = rke.apply(rke.plan(spec));
        assertThatThrownBy(() -> run.await(PATIENCE))
            .isInstanceOf(StepFailedException.class)
            .hasMessageContaining("no room for w-2");
        assertThat(driver.calls()).containsExactly("-w-2");
      }
      driver.exhausted(false);
      rke.apply(rke.plan(spec)).await(PATIENCE);

      assertThat(driver.calls()).containsExactly("-w-2", "+w-2", "-w-4", "+w-4");
      assertThat(rke.plan(spec)).isEmpty();
    }
  }

  @Test
  void aRunThatWasCutOffIsContinuedByTheNextAndNothingIsDoneTwice() throws Exception {
    ClusterSpec spec = spec(2, 1);
    Cluster cluster = build(spec);
    for (String step :
        List.of(
            "machine/destroy-machine@w-2",
            "machine/delete-node@w-2",
            "machine/create-machine@w-2",
            "worker-plane/run-kubelet@w-2")) {
      lose(cluster, "w-2", Duration.ofHours(1));
      cutOffAfter(spec, step);

      try (ClusterProvisioner rke = rke().build()) {
        rke.apply(rke.plan(spec)).await(PATIENCE);
        assertThat(driver.calls()).as(step).containsExactly("-w-2", "+w-2");
        Plan next = rke.plan(spec);
        assertThat(next.isEmpty()).as(next.render()).isTrue();
      }
      driver.calls().clear();
    }
  }

  private void cutOffAfter(ClusterSpec spec, String step) {
    CompletableFuture<Provisioning> running = new CompletableFuture<>();
    try (ClusterProvisioner rke =
        rke()
            .on(
                ProvisionEvent.StepSucceeded.class,
                event -> {
                  if (event.step().toString().equals(step)) {
                    running.join().cancel();
                  }
                })
            .build()) {
      running.complete(rke.apply(rke.plan(spec)));
      Provisioning run = running.join();
      // Listeners hear of a step while others go on; of the last ones too late to stop anything.
      assertThat(catchThrowable(() -> run.await(PATIENCE)))
          .as(step)
          .satisfiesAnyOf(
              end -> assertThat(end).isNull(),
              end -> assertThat(end).isInstanceOf(ProvisioningCancelledException.class));
    }
  }

  private void destroyTheSecondWorkerAndMakeNone(ClusterSpec spec, ClusterProvisioner rke)
      throws Exception {
    lose(build(spec), "w-2", Duration.ofHours(1));
    driver.exhausted(true);
    Provisioning run = rke.apply(rke.plan(spec));
    assertThatThrownBy(() -> run.await(PATIENCE)).isInstanceOf(StepFailedException.class);
  }

  @Test
  void aNodeThatIsNoLongerWantedIsNotMadeAnewAfterARunThatWasCutOff() throws Exception {
    ClusterSpec spec = spec(2, 1);
    try (ClusterProvisioner rke = rke().build()) {
      destroyTheSecondWorkerAndMakeNone(spec, rke);

      rke.apply(rke.plan(spec(1, 1))).await(PATIENCE);

      assertThat(driver.calls()).containsExactly("-w-2");
      assertThat(rke.plan(spec(1, 1))).isEmpty();
      rke.apply(rke.planRemoval(spec(1, 1))).await(PATIENCE);
      assertThat(driver.calls()).contains("-w-1", "-cp");
    }
  }

  @Test
  void aClusterGoesThoughAMachineIsJustBeingReplaced() throws Exception {
    ClusterSpec spec = spec(2, 1);
    try (ClusterProvisioner rke = rke().build()) {
      destroyTheSecondWorkerAndMakeNone(spec, rke);

      assertThat(rke.apply(rke.planRemoval(spec)).await(PATIENCE)).isEmpty();
      assertThat(driver.calls()).contains("-w-1", "-w-2", "-cp");
    }
  }
}
