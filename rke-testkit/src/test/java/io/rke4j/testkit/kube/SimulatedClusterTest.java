package io.rke4j.testkit.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.controllers.PodBehaviour;
import io.rke4j.testkit.kube.controllers.PodBehaviour.Outcome;
import io.rke4j.testkit.kube.json.Conditions;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.store.Deletion;
import io.rke4j.testkit.kube.store.KubeStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedClusterTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final KubeStore store = KubeStore.of("v1.20.15");
  private Optional<Outcome> outcome = Optional.empty();
  private final SimulatedCluster cluster =
      SimulatedCluster.of(store, ((PodBehaviour) start -> outcome).orElse(PodBehaviour.usual()));

  @AfterEach
  void close() {
    cluster.close();
  }

  private ResourceType type(String apiVersion, String kind) {
    return store.types().ofKind(apiVersion, kind).orElseThrow();
  }

  private ObjectNode create(String namespace, String yaml) {
    JsonNode object = Json.parseYaml(yaml).get(0);
    return store.create(
        type(object.path("apiVersion").asText(), object.path("kind").asText()), namespace, object);
  }

  private List<ObjectNode> pods() {
    return store.list(type("v1", "Pod"), "").items();
  }

  private void node(String name) throws InterruptedException {
    cluster.registerNode(name, "10.0.0.1", Map.of(), List.of());
    cluster.awaitQuiet(LIMIT);
  }

  private static String job(String manifest) {
    return """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: %s-deploy-job}
        spec:
          backoffLimit: 2
          template:
            spec:
              nodeName: one
              restartPolicy: Never
              containers:
                - name: %s-pod
                  image: kubectl:1
                  command: [kubectl, apply, -f, /etc/config/%s.yaml]
                  volumeMounts: [{name: config-volume, mountPath: /etc/config}]
              volumes:
                - name: config-volume
                  configMap: {name: %s, items: [{key: %s, path: %s.yaml}]}
        """
        .replace("%s", manifest);
  }

  private void manifest(String name, String text) {
    ObjectNode map = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
    Meta.of(map).put("name", name);
    map.putObject("data").put(name, text);
    store.create(type("v1", "ConfigMap"), "kube-system", map);
  }

  private ObjectNode jobNamed(String name) {
    return store.get(type("batch/v1", "Job"), "kube-system", name);
  }

  @Test
  void nodeIsReadyWithItsAddressUntilItIsLost() throws InterruptedException {
    cluster.registerNode(
        "one", "10.0.0.1", Map.of("disk", "ssd"), List.of("dedicated=gpu:NoSchedule"));
    ObjectNode node = store.get(type("v1", "Node"), "", "one");

    assertThat(Conditions.isTrue(node, "Ready")).isTrue();
    assertThat(node.at("/status/addresses/0/address").asText()).isEqualTo("10.0.0.1");
    assertThat(node.at("/status/nodeInfo/kubeletVersion").asText()).isEqualTo("v1.20.15");
    assertThat(Meta.label(node, "kubernetes.io/hostname")).contains("one");
    assertThat(Meta.label(node, "disk")).contains("ssd");
    assertThat(node.at("/spec/taints/0/value").asText()).isEqualTo("gpu");

    cluster.nodeLost("one");
    ObjectNode lost = store.get(type("v1", "Node"), "", "one");
    assertThat(Conditions.find(lost, "Ready").orElseThrow().path("status").asText())
        .isEqualTo("Unknown");
    assertThat(lost.at("/spec/taints")).hasSize(3);

    node("one");
    ObjectNode back = store.get(type("v1", "Node"), "", "one");
    assertThat(Conditions.isTrue(back, "Ready")).isTrue();
    assertThat(back.at("/spec/taints")).hasSize(1);
  }

  @Test
  void namespacesAndAccountsAreMade() throws InterruptedException {
    cluster.awaitQuiet(LIMIT);

    ObjectNode account = store.get(type("v1", "ServiceAccount"), "kube-system", "default");
    assertThat(account.path("secrets")).hasSize(1);
  }

  @Test
  void jobAppliesTheManifestOfItsConfigMap() throws InterruptedException {
    manifest("addon", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: made}\ndata: {a: b}\n");
    create("kube-system", job("addon"));
    cluster.awaitQuiet(LIMIT);
    assertThat(Conditions.isTrue(jobNamed("addon-deploy-job"), "Complete")).isFalse();

    node("one");

    assertThat(Conditions.isTrue(jobNamed("addon-deploy-job"), "Complete")).isTrue();
    assertThat(store.find(type("v1", "ConfigMap"), "kube-system", "made")).isPresent();
    ObjectNode pod = pods().get(0);
    assertThat(pod.at("/status/phase").asText()).isEqualTo("Succeeded");
    assertThat(store.logs().read(Meta.uid(pod), "addon-pod")).isEqualTo("configmap/made created\n");
  }

  @Test
  void jobOfAManifestThatIsRefusedFailsAfterItsAttempts() throws InterruptedException {
    node("one");
    manifest("addon", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: none}\n");

    create("kube-system", job("addon"));
    cluster.awaitQuiet(LIMIT);

    assertThat(Conditions.find(jobNamed("addon-deploy-job"), "Failed").orElseThrow().path("reason"))
        .hasToString("\"BackoffLimitExceeded\"");
    assertThat(pods()).hasSize(3);
    assertThat(store.logs().read(Meta.uid(pods().get(0)), "addon-pod"))
        .contains("Error from server (NotFound)", "namespaces \"none\" not found");
  }

  @Test
  void jobIsDeletedWithItsPodsInTheForeground() throws InterruptedException {
    node("one");
    manifest("addon", "");
    create("kube-system", job("addon"));
    cluster.awaitQuiet(LIMIT);
    assertThat(pods()).hasSize(1);

    store.delete(
        type("batch/v1", "Job"),
        "kube-system",
        "addon-deploy-job",
        new Deletion(Deletion.FOREGROUND, Optional.empty(), "", ""));
    cluster.awaitQuiet(LIMIT);

    assertThat(pods()).isEmpty();
    assertThat(store.list(type("batch/v1", "Job"), "").items()).isEmpty();
  }

  @Test
  void podDoesWhatATestSays() throws InterruptedException {
    outcome = Optional.of(new Outcome.Waiting("ImagePullBackOff", "no such image"));
    node("one");
    manifest("addon", "");

    create("kube-system", job("addon"));
    cluster.awaitQuiet(LIMIT);

    assertThat(pods().get(0).at("/status/containerStatuses/0/state/waiting/reason").asText())
        .isEqualTo("ImagePullBackOff");
  }

  @Test
  void deploymentAndDaemonSetGetTheirPods() throws InterruptedException {
    node("one");
    node("two");
    String template =
        """
          selector: {matchLabels: {app: a}}
          template:
            metadata: {labels: {app: a}}
            spec: {containers: [{name: a, image: a}]}
        """;
    create(
        "default",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec:\n  replicas: 3\n"
            + template);
    create(
        "default", "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: s}\nspec:\n" + template);
    cluster.awaitQuiet(LIMIT);

    ObjectNode deployment = store.get(type("apps/v1", "Deployment"), "default", "d");
    assertThat(deployment.at("/status/readyReplicas").asInt()).isEqualTo(3);
    assertThat(Conditions.isTrue(deployment, "Available")).isTrue();
    assertThat(
            store
                .get(type("apps/v1", "DaemonSet"), "default", "s")
                .at("/status/numberReady")
                .asInt())
        .isEqualTo(2);
    assertThat(pods()).hasSize(5);
  }

  @Test
  void deletedNamespaceGoesWithAllThatIsInIt() throws InterruptedException {
    create("", "apiVersion: v1\nkind: Namespace\nmetadata: {name: temporary}\n");
    create("temporary", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
    cluster.awaitQuiet(LIMIT);

    store.delete(type("v1", "Namespace"), "", "temporary", Deletion.usual());
    cluster.awaitQuiet(LIMIT);

    assertThat(store.find(type("v1", "Namespace"), "", "temporary")).isEmpty();
    assertThat(store.list(type("v1", "ConfigMap"), "temporary").items()).isEmpty();
  }
}
