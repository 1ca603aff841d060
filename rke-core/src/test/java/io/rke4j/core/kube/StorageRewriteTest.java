package io.rke4j.core.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.addon.KubeApiException;
import io.rke4j.testkit.PatientContext;
import io.rke4j.testkit.kube.api.Fault;
import io.rke4j.testkit.kube.controllers.PodBehaviour;
import io.rke4j.testkit.kube.status.KubeFailure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is encrypted is written anew, all of it and nothing else. */
class StorageRewriteTest {

  private static final String KUBE_SYSTEM = "/api/v1/namespaces/kube-system/";

  private final SimulatedAccess simulated = SimulatedAccess.to(PodBehaviour.usual());
  private final KubeApi kube = KubeApi.open(simulated.kubeconfig());
  private final List<String> written = new CopyOnWriteArrayList<>();
  private final PatientContext context = new PatientContext();

  @BeforeEach
  void fill() {
    simulated.registerNode();
    try (KubeClient client = client()) {
      client.create(KUBE_SYSTEM + "secrets", KubeJson.object("v1", "Secret", "kube-system", "s"));
      client.create(
          KUBE_SYSTEM + "configmaps", KubeJson.object("v1", "ConfigMap", "kube-system", "c"));
      client.create(
          "/apis/rbac.authorization.k8s.io/v1/clusterroles",
          KubeJson.object("rbac.authorization.k8s.io/v1", "ClusterRole", "", "r"));
    }
    simulated
        .api()
        .faults()
        .next(
            1,
            request -> request.method().equals("PUT") && !written.add(request.path()),
            new Fault.Drop());
  }

  @AfterEach
  void close() {
    kube.close();
    simulated.close();
  }

  private KubeClient client() {
    return KubeClient.open(simulated.kubeconfig(), Optional.empty());
  }

  private List<String> rewrite(String... names) {
    kube.storageRewrite().run(Set.of(names), context);
    return written;
  }

  @Test
  void secretsAlone() {
    assertThat(rewrite("secrets"))
        .contains(KUBE_SYSTEM + "secrets/s")
        .allMatch(StorageRewriteTest::isSecret);
  }

  @Test
  void whatElseTheConfigurationNames() {
    assertThat(rewrite("configmaps", "clusterroles.rbac.authorization.k8s.io"))
        .contains(KUBE_SYSTEM + "configmaps/c", "/apis/rbac.authorization.k8s.io/v1/clusterroles/r")
        .noneMatch(StorageRewriteTest::isSecret);
  }

  @Test
  void aWholeGroupOrAllThereIs() {
    assertThat(rewrite("*."))
        .contains(KUBE_SYSTEM + "secrets/s", KUBE_SYSTEM + "configmaps/c", "/api/v1/nodes/one")
        .noneMatch(path -> path.startsWith("/apis/"));
    written.clear();

    assertThat(rewrite("*.*"))
        .doesNotHaveDuplicates()
        .contains(KUBE_SYSTEM + "secrets/s", "/apis/rbac.authorization.k8s.io/v1/clusterroles/r");
  }

  @Test
  void anObjectThatIsRefusedKeepsNoOtherFromItAndIsNamed() {
    simulated
        .api()
        .faults()
        .next(
            1,
            request -> request.method().equals("PUT") && request.path().endsWith("configmaps/c"),
            new Fault.Refusal(KubeFailure.of(422, "Invalid", "the value MARKER is not allowed")));

    assertThatThrownBy(() -> rewrite("configmaps", "secrets"))
        .isInstanceOf(KubeApiException.class)
        .hasMessageContaining("writing 1 objects as they are was answered with 422")
        .hasMessageContaining(KUBE_SYSTEM + "configmaps/c (Invalid)")
        .hasMessageNotContaining("MARKER");
    assertThat(written).contains(KUBE_SYSTEM + "secrets/s");
  }

  @Test
  void anObjectThatNoKeyFitsIsNamedAndKeepsNoOtherResourceFromIt() {
    simulated
        .api()
        .faults()
        .next(
            1,
            request -> request.method().equals("GET") && request.path().equals("/api/v1/secrets"),
            new Fault.Refusal(
                KubeFailure.of(
                    500,
                    "InternalError",
                    "Internal error occurred: unable to transform key"
                        + " \"/registry/secrets/kube-system/s\": MARKER is no key")));

    assertThatThrownBy(() -> rewrite("configmaps", "secrets"))
        .isInstanceOf(KubeApiException.class)
        .hasMessageContaining("reading all secrets to write them anew was answered with 500")
        .hasMessageContaining("unable to transform key \"/registry/secrets/kube-system/s\"")
        .hasMessageContainingAll("put its key back", "etcdctl del")
        .hasMessageNotContaining("MARKER");
    assertThat(written).contains(KUBE_SYSTEM + "configmaps/c");
  }

  @Test
  void aListThatGoesOutOfDateIsReadAgain() {
    simulated
        .api()
        .faults()
        .next(
            1,
            request -> request.method().equals("GET") && request.path().equals("/api/v1/secrets"),
            new Fault.Refusal(KubeFailure.of(410, "Expired", "too old")));

    assertThat(rewrite("secrets")).contains(KUBE_SYSTEM + "secrets/s");
  }

  @Test
  void whatAnotherServerKeepsIsNotTouched() {
    try (KubeClient client = client()) {
      ObjectNode service =
          KubeJson.object("apiregistration.k8s.io/v1", "APIService", "", "v1.rbac.foreign");
      ObjectNode spec = service.putObject("spec").put("group", "rbac.authorization.k8s.io");
      spec.put("version", "v1").putObject("service").put("name", "other");
      client.create("/apis/apiregistration.k8s.io/v1/apiservices", service);
    }

    assertThat(rewrite("*.*")).noneMatch(path -> path.contains("clusterroles"));
  }

  @Test
  void namesThatMeanSomethingInAPathAreWritten() {
    try (KubeClient client = client()) {
      client.create(
          "/apis/rbac.authorization.k8s.io/v1/clusterroles",
          KubeJson.object("rbac.authorization.k8s.io/v1", "ClusterRole", "", "who may? #1"));
    }

    assertThat(rewrite("clusterroles.rbac.authorization.k8s.io"))
        .anyMatch(path -> path.contains("who"));
  }

  @Test
  void whatTheClusterDoesNotKnowIsPassedOver() {
    assertThat(rewrite("secret", "widgets.example.com")).isEmpty();
  }

  @Test
  void whoCancelsIsHeard() {
    context.cancel();

    assertThatThrownBy(() -> rewrite("secrets")).isInstanceOf(OperationCancelledException.class);
    assertThat(written).isEmpty();
  }

  private static boolean isSecret(String path) {
    return path.contains("/secrets/");
  }
}
