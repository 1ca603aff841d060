package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.ManagementCluster;
import io.rke4j.api.Provisioning;
import io.rke4j.api.ProvisioningCancelledException;
import io.rke4j.api.StepFailedException;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.Plan;
import io.rke4j.core.kube.KubeClient;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.core.kube.SimulatedAccess;
import io.rke4j.spi.ProviderException;
import io.rke4j.testkit.RecordingListener;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import io.rke4j.testkit.kube.api.Fault;
import io.rke4j.testkit.kube.controllers.PodBehaviour;
import io.rke4j.testkit.kube.status.KubeFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clusters on simulated hosts, of which a simulated management cluster keeps account. */
@Timeout(180)
class ManagementTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String RECORD = "/apis/provisioning.rke4j.io/v1/rkeclusters/managed";
  private static final String NODE =
      "/apis/provisioning.rke4j.io/v1/namespaces/c-managed/rkenodes/";
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";

  private final SimulatedFleet fleet = SimulatedFleet.of(1);
  private final SimulatedAccess management = SimulatedAccess.to(PodBehaviour.usual());
  private final KubeClient client = KubeClient.open(management.kubeconfig(), Optional.empty());
  private final SimulatedHost host = fleet.host(0);
  // Written down only once: each time it is asked for, it reads differently.
  private final Secret key = Secret.of(host.privateKey());
  private final RecordingListener recorder = new RecordingListener();

  @AfterEach
  void close() {
    client.close();
    management.close();
    fleet.close();
  }

  private ClusterSpec spec() {
    return ClusterSpec.named("managed")
        .kubernetes("v1.20.15-rancher2-1")
        .addons(a -> a.withoutDns().withoutIngress().withoutMetrics())
        .network(n -> n.plugin("flannel"))
        .node(
            host.name(),
            n ->
                n.address(host.address())
                    .user(host.user())
                    .port(host.port())
                    .sshKey(key)
                    .roles(Role.ETCD, Role.CONTROL_PLANE, Role.WORKER))
        .build();
  }

  /** Somewhere else each time: nothing is kept but in the management cluster. */
  private ClusterProvisioner.Builder somewhere() {
    return ClusterProvisioner.builder()
        .management(ManagementCluster.of(management.kubeconfig()).ownedBy("alice"))
        .listener(recorder)
        .hostKeys(new HostKeyPolicy.Pinned(fleet.fingerprints()));
  }

  private static Map<String, String> conditions(ObjectNode record) {
    return KubeJson.elements(record.at("/status/conditions"))
        .collect(
            Collectors.toMap(one -> one.path("type").asText(), one -> one.path("status").asText()));
  }

  private boolean exists(String path) {
    return client.find(path).isPresent();
  }

  private String secret(String namespace, String name, String key) {
    JsonNode data = client.read("/api/v1/namespaces/" + namespace + "/secrets/" + name);
    byte[] bytes = Base64.getDecoder().decode(data.path("data").path(key).asText());
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void accountIsKeptOfAClusterUntilItIsRemoved() throws Exception {
    ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    try (ClusterProvisioner rke = somewhere().listener(event -> look(seen)).build()) {
      management.cluster().awaitQuiet(Duration.ofSeconds(10));
      long before = management.cluster().store().revision();
      Plan plan = rke.plan(spec());
      assertThat(management.cluster().store().revision())
          .as("a plan changes nothing")
          .isEqualTo(before);
      assertThat(plan.steps().get(0).id().phase()).isEqualTo(Phase.PREPARE);

      Cluster cluster = rke.apply(plan).await(PATIENCE).orElseThrow();

      recorder.assertWellFormed();
      assertNamespacesAndRoles();
      assertRecords(cluster);
      assertThat(seen).as("while it was built").contains("Unknown");
      Plan second = rke.plan(spec());
      assertThat(second.isEmpty()).as("%s", second.render()).isTrue();

      rke.apply(rke.planRemoval(spec())).await(PATIENCE);

      assertNothingIsLeft();
      assertThat(rke.planRemoval(spec()).isEmpty()).isTrue();
    }
  }

  private void look(ConcurrentLinkedQueue<String> seen) {
    client
        .find(RECORD)
        .map(record -> conditions(record).getOrDefault("Provisioned", ""))
        .ifPresent(seen::add);
  }

  private void assertNamespacesAndRoles() {
    for (String namespace : List.of("c-managed", "p-managed-default", "p-managed-system")) {
      assertThat(exists("/api/v1/namespaces/" + namespace)).as(namespace).isTrue();
    }
    ObjectNode binding =
        client.read(RBAC + "namespaces/c-managed/rolebindings/creator-cluster-owner");
    assertThat(binding.at("/subjects/0/name").asText()).isEqualTo("alice");
    assertThat(binding.at("/roleRef/name").asText()).isEqualTo("cluster-owner");
    assertThat(exists(RBAC + "clusterrolebindings/c-managed-clusterowner")).isTrue();
    assertThat(exists(RBAC + "namespaces/c-managed/rolebindings/rke4j-provisioner")).isTrue();
    assertThat(exists("/api/v1/namespaces/c-managed/serviceaccounts/rke4j-provisioner")).isTrue();
    for (String project : List.of("p-managed-default", "p-managed-system")) {
      assertThat(exists(RBAC + "namespaces/" + project + "/rolebindings/creator-project-owner"))
          .isTrue();
    }
  }

  private void assertRecords(Cluster cluster) {
    ObjectNode record = client.read(RECORD);
    assertThat(conditions(record))
        .containsEntry("BackingNamespaceCreated", "True")
        .containsEntry("DefaultProjectCreated", "True")
        .containsEntry("SystemProjectCreated", "True")
        .containsEntry("InitialRolesPopulated", "True")
        .containsEntry("CreatorMadeOwner", "True")
        .containsEntry("Pending", "True")
        .containsEntry("Provisioned", "True")
        .containsEntry("Updated", "True")
        .containsEntry("Waiting", "True")
        .containsEntry("Ready", "True");
    assertThat(record.at("/status/state").asText()).isEqualTo("active");
    assertThat(record.at("/spec/endpoint").asText()).isEqualTo(cluster.endpoint().toString());
    ObjectNode node = client.read(NODE + host.name());
    assertThat(conditions(node))
        .containsEntry("Initialized", "True")
        .containsEntry("Saved", "True")
        .containsEntry("Provisioned", "True")
        .containsEntry("Registered", "True")
        .containsEntry("Ready", "True");
    assertThat(node.at("/spec/address").asText()).isEqualTo(host.address());
    assertThat(secret("c-managed", "kubeconfig", "value")).isEqualTo(cluster.kubeconfig().reveal());
    assertThat(secret("c-managed", "node-" + host.name(), "config"))
        .contains(host.address(), key.reveal().lines().skip(1).findFirst().orElseThrow());
    assertThat(secret("rke4j-system", "cluster-managed", "state")).contains("kube-ca");
  }

  private void assertNothingIsLeft() throws InterruptedException {
    management.cluster().awaitQuiet(Duration.ofSeconds(10));
    assertThat(
            management
                .cluster()
                .store()
                .all(object -> object.at("/metadata/labels").toString().contains("\"managed\"")))
        .isEmpty();
    assertThat(exists("/api/v1/namespaces/c-managed")).isFalse();
    assertThat(exists(RECORD)).isFalse();
  }

  @Test
  void aRunThatWasStoppedGoesOnElsewhereWithTheSameKeys() throws Exception {
    CompletableFuture<Provisioning> run = new CompletableFuture<>();
    try (ClusterProvisioner here =
        somewhere()
            .on(
                ProvisionEvent.StepSucceeded.class,
                done -> {
                  if (done.step().action().equals("run-etcd")) {
                    run.join().cancel();
                  }
                })
            .build()) {
      Plan plan = here.plan(spec());
      run.complete(here.apply(plan));
      assertThatThrownBy(() -> run.join().await(PATIENCE))
          .isInstanceOf(ProvisioningCancelledException.class);
    }
    ObjectNode stopped = client.read(RECORD);
    assertThat(conditions(stopped)).containsEntry("Provisioned", "Unknown");
    assertThat(stopped.at("/status/conditions").toString()).contains("Cancelled");
    String keys = kubeconfigOf();

    try (ClusterProvisioner there = somewhere().build()) {
      Cluster cluster = there.apply(there.plan(spec())).await(PATIENCE).orElseThrow();

      assertThat(cluster.kubeconfig().reveal()).isEqualTo(keys);
      assertThat(conditions(client.read(RECORD))).containsEntry("Provisioned", "True");
    }
  }

  private String kubeconfigOf() {
    try (ClusterProvisioner rke = somewhere().build()) {
      return rke.find(spec()).orElseThrow().kubeconfig().reveal();
    }
  }

  @Test
  void noHostIsTouchedBeforeTheKeysAreSaved() {
    try (ClusterProvisioner rke = somewhere().build()) {
      Plan plan = rke.plan(spec());
      management
          .api()
          .faults()
          .next(
              100,
              request -> request.path().endsWith("/secrets"),
              new Fault.Refusal(KubeFailure.of(403, "Forbidden", "no more Secrets")));

      assertThatThrownBy(() -> rke.apply(plan).await(PATIENCE))
          .isInstanceOf(StepFailedException.class)
          .hasMessageContaining("prepare/save-keys");
    }
    assertThat(host.docker().images().all()).isEmpty();
    assertThat(host.docker().containers().all()).isEmpty();
    ObjectNode record = client.read(RECORD);
    assertThat(conditions(record)).containsEntry("Provisioned", "False");
    assertThat(record.at("/status/message").asText()).contains("prepare/save-keys");
    assertThat(record.at("/status/state").asText()).startsWith("error");
  }

  @Test
  void aNamespaceOfSomebodyElseIsNotTakenOver() {
    client.create(
        "/api/v1/namespaces", KubeJson.object("v1", "Namespace", "", "p-managed-default"));
    try (ClusterProvisioner rke = somewhere().build()) {
      assertThatThrownBy(() -> rke.plan(spec()))
          .rootCause()
          .isInstanceOf(ProviderException.class)
          .hasMessageContaining("p-managed-default");
    }
  }
}
