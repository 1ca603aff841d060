package io.rke4j.core.kube;

import static io.rke4j.api.cluster.Role.CONTROL_PLANE;
import static io.rke4j.api.cluster.Role.ETCD;
import static io.rke4j.api.cluster.Role.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Taint;
import io.rke4j.api.cluster.Taint.Effect;
import io.rke4j.api.cluster.VirtualMachine;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.spi.addon.KubeApiException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeSyncTest {

  private static final String PATH = "/api/v1/nodes/n1";

  private final KubeApiStub server = KubeApiStub.started();
  private final KubeApi kube = KubeApi.open(server.kubeconfig());
  private final NodeSync sync = kube.nodes();

  @AfterEach
  void close() {
    kube.close();
    server.close();
  }

  @Test
  void newWorkerGetsItsMarksInOneRequestAndIsThenAsWanted() {
    server.put(PATH, node());
    ClusterNode wanted = node(Map.of("disk", "ssd"), List.of(), WORKER);
    assertThat(sync.differences(wanted, NodeMarks.none()))
        .containsExactly(
            "set annotation rke.cattle.io/external-ip=192.0.2.1",
            "set annotation rke.cattle.io/internal-ip=10.0.0.1",
            "set label disk=ssd",
            "set label node-role.kubernetes.io/worker=true");
    assertThat(server.writes()).isEmpty();
    sync.apply(wanted, NodeMarks.none());
    assertThat(server.writes()).containsExactly("PATCH " + PATH);
    assertThat(sync.differences(wanted, NodeMarks.none())).isEmpty();
    sync.apply(wanted, NodeMarks.none());
    assertThat(server.writes()).isEmpty();
  }

  @Test
  void nodeThatIsNoWorkerIsTaintedForItsRoles() {
    server.put(PATH, node());
    sync.apply(node(Map.of(), List.of(), ETCD, CONTROL_PLANE), NodeMarks.none());
    assertThat(taints())
        .containsExactlyInAnyOrder(
            "node-role.kubernetes.io/etcd=true:NoExecute",
            "node-role.kubernetes.io/controlplane=true:NoSchedule");
  }

  @Test
  void nodeThatBecomesAWorkerLosesRoleTaintsButNotThoseOfOthers() {
    ObjectNode node = node();
    node.putObject("spec")
        .putArray("taints")
        .add(taint("node.kubernetes.io/not-ready", "NoExecute"));
    server.put(PATH, node);
    sync.apply(node(Map.of(), List.of(), ETCD), NodeMarks.none());
    assertThat(taints()).hasSize(2);
    sync.apply(node(Map.of(), List.of(), ETCD, WORKER), NodeMarks.none());
    assertThat(taints()).containsExactly("node.kubernetes.io/not-ready=:NoExecute");
  }

  @Test
  void roleThatIsGoneLosesItsLabel() {
    server.put(PATH, node());
    sync.apply(node(Map.of(), List.of(), ETCD, WORKER), NodeMarks.none());
    sync.apply(node(Map.of(), List.of(), WORKER), NodeMarks.none());
    JsonNode labels = server.get(PATH).orElseThrow().at("/metadata/labels");
    assertThat(labels.has("node-role.kubernetes.io/etcd")).isFalse();
    assertThat(labels.path("node-role.kubernetes.io/worker").asText()).isEqualTo("true");
    assertThat(labels.path("kubernetes.io/hostname").asText()).isEqualTo("n1");
  }

  @Test
  void formerLabelsAndTaintsOfTheUserGo() {
    server.put(PATH, node());
    Taint old = new Taint("gpu", "a", Effect.NO_SCHEDULE);
    sync.apply(node(Map.of("disk", "ssd"), List.of(old), WORKER), NodeMarks.none());
    assertThat(taints()).containsExactly("gpu=a:NoSchedule");
    Taint changed = new Taint("gpu", "b", Effect.NO_SCHEDULE);
    NodeMarks before = new NodeMarks(Map.of("disk", "ssd"), List.of(old));
    sync.apply(node(Map.of(), List.of(changed), WORKER), before);
    assertThat(taints()).containsExactly("gpu=b:NoSchedule");
    assertThat(server.get(PATH).orElseThrow().at("/metadata/labels").has("disk")).isFalse();
    sync.apply(node(Map.of(), List.of(), WORKER), new NodeMarks(Map.of(), List.of(changed)));
    assertThat(taints()).isEmpty();
  }

  @Test
  void nodeThatACloudNamedIsFoundByItsLabel() {
    server.put("/api/v1/nodes/i-0123", node());
    sync.apply(node(Map.of(), List.of(), WORKER), NodeMarks.none());
    assertThat(server.writes()).containsExactly("PATCH /api/v1/nodes/i-0123");
  }

  @Test
  void conflictIsTriedAgainWithTheNewVersion() {
    server.put(PATH, node());
    AtomicInteger writes = new AtomicInteger();
    server.intercept(
        request -> {
          if (request.startsWith("PATCH") && writes.incrementAndGet() <= 2) {
            server.put(PATH, node());
          }
          return Optional.empty();
        });
    sync.apply(node(Map.of(), List.of(), WORKER), NodeMarks.none());
    assertThat(writes).hasValue(3);
  }

  @Test
  void endlessConflictIsAnError() {
    server.put(PATH, node());
    server.intercept(
        request ->
            request.startsWith("PATCH")
                ? Optional.of(KubeApiStub.failure(409, "Conflict"))
                : Optional.empty());
    assertThatThrownBy(() -> sync.apply(node(Map.of(), List.of(), WORKER), NodeMarks.none()))
        .isInstanceOf(KubeApiException.class)
        .hasMessageContaining("409");
  }

  @Test
  void nodeThatHasNotRegisteredIsADifferenceAndAnError() {
    ClusterNode wanted = node(Map.of(), List.of(), WORKER);
    assertThat(sync.differences(wanted, NodeMarks.none()))
        .containsExactly("node n1 has not registered");
    assertThatThrownBy(() -> sync.apply(wanted, NodeMarks.none()))
        .isInstanceOf(KubeApiException.class)
        .hasMessageContaining("n1");
  }

  private List<String> taints() {
    return KubeJson.elements(server.get(PATH).orElseThrow().at("/spec/taints"))
        .map(
            taint ->
                taint.path("key").asText()
                    + "="
                    + taint.path("value").asText("")
                    + ":"
                    + taint.path("effect").asText())
        .toList();
  }

  private static ObjectNode taint(String key, String effect) {
    return KubeJson.object().put("key", key).put("effect", effect);
  }

  private static ObjectNode node() {
    ObjectNode node = KubeJson.object("v1", "Node", "", "n1");
    node.withObject("/metadata").putObject("labels").put("kubernetes.io/hostname", "n1");
    return node;
  }

  private static ClusterNode node(Map<String, String> labels, List<Taint> taints, Role... roles) {
    NodeSpec spec =
        new NodeSpec(
            NodeName.of("n1"), Set.of(roles), new VirtualMachine(1, "1Gi", "10Gi"), labels, taints);
    return new ClusterNode(spec, "192.0.2.1", "10.0.0.1");
  }
}
