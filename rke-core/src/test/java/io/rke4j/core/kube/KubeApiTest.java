package io.rke4j.core.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.AuthorizationMode;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.kube.KubeApiStub.Reply;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.addon.KubeApiException;
import io.rke4j.spi.node.Route;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubeApiTest {

  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";

  private final KubeApiStub server = KubeApiStub.started();
  private final KubeApi kube = KubeApi.open(server.kubeconfig(), route());

  /** The way to the server; a subclass may have another. */
  Optional<Route> route() {
    return Optional.empty();
  }

  @AfterEach
  void close() {
    kube.close();
    server.close();
  }

  @Test
  void anAdministratorMayHaveAnEllipticKey() {
    try (KubeApi other = KubeApi.open(server.kubeconfig(TestCertificate.forLoopback()))) {
      assertThat(other.hasNode(NodeName.of("n1"))).isFalse();
    }
  }

  @Test
  void readyServerIsReady() {
    answer(200, "ok");
    assertThat(kube.ready().reached()).isTrue();
  }

  @Test
  void serverThatStartsIsNotReadyYetAndSaysWhy() {
    answer(500, "[-]poststarthook/rbac/bootstrap-roles failed");
    assertThat(kube.ready().reached()).isFalse();
    assertThat(kube.ready().lastSeen()).contains("/readyz", "500", "bootstrap-roles failed");
  }

  @Test
  void serverThatIsNotThereIsNotReadyYet() {
    server.close();
    assertThat(kube.ready().lastSeen()).contains("connection refused");
  }

  @Test
  void certificateOfAnotherClusterIsAnErrorAtOnce() {
    answer(401, "");
    KubeApiException failure = catchThrowableOfType(KubeApiException.class, kube::ready);
    assertThat(failure.status()).isEqualTo(401);
    assertThat(failure.isTransient()).isFalse();
  }

  @Test
  void serverThatAnotherAuthorityVouchesForIsNotTrusted() {
    Secret other = server.kubeconfig(TestCertificate.forLoopback().base64());
    try (KubeApi distrustful = KubeApi.open(other, route())) {
      KubeApiException failure = catchThrowableOfType(KubeApiException.class, distrustful::ready);
      assertThat(failure.reason()).isEqualTo("Untrusted");
      assertThat(failure.isTransient()).isFalse();
      assertThat(server.writes()).isEmpty();
    }
  }

  @Test
  void failuresOfTheServerAreTransientAndRefusalsAreNot() {
    answer(503, "");
    assertThat(catchThrowableOfType(KubeApiException.class, kube::serverVersion).isTransient())
        .isTrue();
    answer(422, "{\"reason\":\"Invalid\",\"message\":\"spec is wrong\"}");
    KubeApiException refusal = catchThrowableOfType(KubeApiException.class, kube::serverVersion);
    assertThat(refusal.isTransient()).isFalse();
    assertThat(refusal.reason()).isEqualTo("Invalid");
    assertThat(refusal).hasMessageContaining("GET https://127.0.0.1").hasMessageContaining("wrong");
  }

  @Test
  void nothingIsRepeatedUnasked() {
    AtomicInteger requests = new AtomicInteger();
    server.intercept(
        request -> {
          requests.incrementAndGet();
          return Optional.of(new Reply(503, ""));
        });
    assertThatThrownBy(kube::serverVersion).isInstanceOf(KubeApiException.class);
    assertThat(requests).hasValue(1);
  }

  @Test
  void authorizationObjectsAreMissingThenMadeThenThere() {
    WantedObjects objects = kube.authorization(AuthorizationMode.RBAC, false);
    assertThat(objects.differences())
        .containsExactly(
            "ClusterRoleBinding job-deployer is missing",
            "ServiceAccount rke-job-deployer is missing",
            "ClusterRoleBinding system:node is missing",
            "ClusterRole proxy-clusterrole-kubeapiserver is missing",
            "ClusterRoleBinding proxy-role-binding-kubernetes-master is missing");
    objects.apply();
    assertThat(server.writes()).hasSize(5);
    assertThat(objects.differences()).isEmpty();
    objects.apply();
    assertThat(server.writes()).isEmpty();
  }

  @Test
  void withoutAuthorizationOnlyTheDeployerIsMade() {
    kube.authorization(AuthorizationMode.NONE, false).apply();
    assertThat(server.writes()).hasSize(2);
  }

  @Test
  void bindingOfTheServersOwnKeepsWhatElseIsInIt() {
    ObjectNode own =
        KubeJson.object("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "", "system:node");
    own.putObject("roleRef")
        .put("apiGroup", "rbac.authorization.k8s.io")
        .put("kind", "ClusterRole")
        .put("name", "system:node");
    own.withObject("/metadata").putObject("labels").put("other", "label");
    server.put(RBAC + "clusterrolebindings/system:node", own);
    kube.authorization(AuthorizationMode.RBAC, false).apply();
    assertThat(server.writes()).contains("PUT " + RBAC + "clusterrolebindings/system:node");
    assertThat(
            server
                .get(RBAC + "clusterrolebindings/system:node")
                .orElseThrow()
                .at("/subjects/0/name")
                .asText())
        .isEqualTo("system:nodes");
    assertThat(
            server
                .get(RBAC + "clusterrolebindings/system:node")
                .orElseThrow()
                .at("/metadata/labels/other")
                .asText())
        .isEqualTo("label");
  }

  @Test
  void bindingToAnotherRoleIsMadeAnew() {
    ObjectNode foreign =
        KubeJson.object("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "", "job-deployer");
    foreign.putObject("roleRef").put("name", "view");
    server.put(RBAC + "clusterrolebindings/job-deployer", foreign);
    kube.authorization(AuthorizationMode.NONE, false).apply();
    assertThat(server.writes())
        .startsWith(
            "DELETE " + RBAC + "clusterrolebindings/job-deployer",
            "POST " + RBAC + "clusterrolebindings");
  }

  @Test
  void nodeTellsWhyItIsNotReady() {
    NodeName name = NodeName.of("n1");
    assertThat(kube.nodeReady(name).lastSeen()).isEqualTo("node n1 has not registered");
    server.put("/api/v1/nodes/n1", node("False", "KubeletNotReady", "cni config uninitialized"));
    assertThat(kube.nodeReady(name).lastSeen())
        .isEqualTo("node n1 is Ready=False, KubeletNotReady: cni config uninitialized");
    server.put("/api/v1/nodes/n1", node("True", "KubeletReady", ""));
    assertThat(kube.nodeReady(name).reached()).isTrue();
  }

  @Test
  void nodeThatHasNotReportedSinceItsKubeletWasStartedIsNotReadyYet() {
    NodeName name = NodeName.of("n1");
    ObjectNode node = node("True", "KubeletReady", "");
    ((ObjectNode) node.at("/status/conditions/0")).put("lastHeartbeatTime", "2026-01-02T03:04:05Z");
    server.put("/api/v1/nodes/n1", node);
    assertThat(kube.nodeReady(name, Instant.parse("2026-01-02T03:04:06.1Z")).lastSeen())
        .isEqualTo(
            "node n1 has not reported since its kubelet was started at 2026-01-02T03:04:06Z");
    assertThat(kube.nodeReady(name, Instant.parse("2026-01-02T03:04:05.9Z")).reached()).isTrue();
    assertThat(kube.nodeReady(name).reached()).isTrue();
  }

  @Test
  void nodeIsCordonedUncordonedAndDeleted() {
    NodeName name = NodeName.of("n1");
    server.put("/api/v1/nodes/n1", node("True", "", ""));
    kube.cordon(name);
    assertThat(server.get("/api/v1/nodes/n1").orElseThrow().at("/spec/unschedulable").asBoolean())
        .isTrue();
    kube.uncordon(name);
    assertThat(server.get("/api/v1/nodes/n1").orElseThrow().at("/spec/unschedulable").asBoolean())
        .isFalse();
    kube.deleteNode(name);
    kube.deleteNode(name);
    assertThat(server.get("/api/v1/nodes/n1")).isEmpty();
  }

  @Test
  void aNodeThatACloudHasNamedIsFoundByItsLabelOrAddress() {
    ObjectNode node = node("True", "", "");
    node.withObject("/metadata").put("name", "ip-10-0-0-1.ec2.internal");
    node.withObject("/metadata/labels").put("node-role.kubernetes.io/controlplane", "true");
    node.withArray("/status/addresses")
        .addObject()
        .put("type", "InternalIP")
        .put("address", "10.0.0.1");
    server.put("/api/v1/nodes/ip-10-0-0-1.ec2.internal", node);

    NodeName name = NodeName.of("n1");
    assertThat(kube.nodeReady(name).reached()).isFalse();
    assertThat(kube.controlPlane(name)).isEqualTo("ip-10-0-0-1.ec2.internal");
    try (KubeApi byAddress = KubeApi.open(server.kubeconfig(), route(), Map.of(name, "10.0.0.1"))) {
      assertThat(byAddress.nodeReady(name).reached()).isTrue();
      assertThat(byAddress.nodeReady(NodeName.of("n2")).reached()).isFalse();
    }
    node.withObject("/metadata/labels").put("kubernetes.io/hostname", "n1");
    server.put("/api/v1/nodes/ip-10-0-0-1.ec2.internal", node);
    assertThat(kube.nodeReady(name).reached()).isTrue();
    assertThat(kube.controlPlane(NodeName.of("n1"))).isEqualTo("ip-10-0-0-1.ec2.internal");
  }

  @Test
  void cordoningAnAbsentNodeSaysSo() {
    assertThatThrownBy(() -> kube.cordon(NodeName.of("ghost")))
        .isInstanceOf(KubeApiException.class)
        .hasMessageContaining("ghost")
        .hasMessageContaining("has not registered");
  }

  @Test
  void stateIsSavedOnceAndReadAgain() {
    SavedState saved = kube.savedState();
    assertThat(saved.read()).isEmpty();
    saved.save(Secret.of("{\"keys\":1}"));
    saved.save(Secret.of("{\"keys\":1}"));
    assertThat(server.writes()).hasSize(1);
    saved.save(Secret.of("{\"keys\":2}"));
    assertThat(server.writes()).hasSize(1);
    assertThat(saved.read()).contains(Secret.of("{\"keys\":2}"));
  }

  @Test
  void serversWordsAboutASecretAreNotRepeated() {
    answer(400, "{\"reason\":\"BadRequest\",\"message\":\"cannot decode marker-key\"}");
    KubeApiException failure =
        catchThrowableOfType(
            KubeApiException.class, () -> kube.savedState().save(Secret.of("marker-key")));
    assertThat(failure).hasMessageContaining("BadRequest");
    assertThat(failure.getMessage()).doesNotContain("marker-key");
  }

  @Test
  void credentialsAreInNoMessage() {
    answer(500, "");
    assertThat(catchThrowableOfType(KubeApiException.class, kube::serverVersion).getMessage())
        .doesNotContain("s3cr3t");
    assertThatThrownBy(() -> KubeApi.open(Secret.of("token: [s3cr3t")))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("not YAML")
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void kubeconfigThatTrustsEverybodyIsRefused() {
    String careless =
        server
            .kubeconfig()
            .reveal()
            .replace("cluster: {server", "cluster: {insecure-skip-tls-verify: true, server");
    assertThatThrownBy(() -> KubeApi.open(Secret.of(careless)))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("not to verify");
    String plain = server.kubeconfig().reveal().replace("https:", "http:");
    assertThatThrownBy(() -> KubeApi.open(Secret.of(plain))).hasMessageContaining("not an https");
  }

  private void answer(int status, String body) {
    server.intercept(request -> Optional.of(new Reply(status, body)));
  }

  private static ObjectNode node(String ready, String reason, String message) {
    ObjectNode node = KubeJson.object("v1", "Node", "", "n1");
    node.putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", ready)
        .put("reason", reason)
        .put("message", message);
    return node;
  }
}
