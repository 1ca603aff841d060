package io.rke4j.testkit.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rke4j.testkit.kube.Kubectl.Said;
import io.rke4j.testkit.kube.controllers.PodBehaviour;
import io.rke4j.testkit.kube.controllers.PodBehaviour.Outcome;
import io.rke4j.testkit.kube.store.KubeStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type. Skipped where there is no kubectl. */
class KubectlTest {

  private static final TestAuthority AUTHORITY = new TestAuthority();
  private static final TestAuthority.Certified ADMIN =
      AUTHORITY.client("kube-admin", "system:masters");
  private static final PodBehaviour SAYS_HELLO =
      start ->
          start.container().path("name").asText().equals("hello")
              ? Optional.of(new Outcome.Exited(0, "hello\nworld\n"))
              : Optional.empty();

  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
              - {name: web, image: "web:1", env: [{name: A, value: "1"}, {name: B, value: "2"}]}
      """;

  private static final String GREETING =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: greeting}
      spec:
        template:
          spec:
            restartPolicy: Never
            containers: [{name: hello, image: "hello:1"}]
      """;

  private final SimulatedCluster cluster =
      SimulatedCluster.of(KubeStore.of("v1.20.15"), SAYS_HELLO.orElse(PodBehaviour.usual()));
  private final SimulatedKubeApi api =
      SimulatedKubeApi.start(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          AUTHORITY.serving(),
          cluster.store());

  @TempDir private Path folder;
  private Optional<Kubectl> kubectl = Optional.empty();

  @BeforeEach
  void logIn() throws IOException {
    Optional<Path> program = Kubectl.find();
    assumeTrue(program.isPresent(), "there is no kubectl on this machine");
    Files.writeString(folder.resolve("kubeconfig"), kubeconfig());
    kubectl = program.map(found -> new Kubectl(found, folder));
    cluster.registerNode(
        "one", "10.0.0.1", Map.of("node-role.kubernetes.io/worker", "true"), List.of());
  }

  @AfterEach
  void close() {
    api.close();
    cluster.close();
  }

  private String kubeconfig() {
    return """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts: [{name: here, context: {cluster: here, user: admin}}]
        clusters:
          - name: here
            cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}
        users:
          - name: admin
            user: {client-certificate-data: %s, client-key-data: %s}
        """
        .formatted(
            api.address().getPort(),
            base64(AUTHORITY.pem()),
            base64(ADMIN.certificatePem()),
            base64(ADMIN.keyPem()));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    Said said = kubectl.orElseThrow().run(arguments);
    assertThat(said.code()).as("kubectl %s: %s", List.of(arguments), said.text()).isZero();
    return said.text();
  }

  private String apply(String manifest) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("manifest.yaml"), manifest);
    return run("apply", "-f", file.toString());
  }

  @Test
  void nodesAreShownLabelledTaintedAndDescribed() throws IOException, InterruptedException {
    assertThat(run("get", "nodes", "-o", "wide"))
        .containsPattern("NAME\\s+STATUS\\s+ROLES\\s+AGE\\s+VERSION\\s+INTERNAL-IP")
        .containsPattern("one\\s+Ready\\s+worker\\s+\\d+s\\s+v1.20.15\\s+10.0.0.1");
    run("label", "node", "one", "disk=ssd");
    assertThat(run("get", "nodes", "-l", "disk=ssd", "-o", "name")).isEqualTo("node/one\n");
    run("taint", "node", "one", "gpu=yes:NoSchedule");
    assertThat(run("describe", "node", "one"))
        .containsPattern("Taints:\\s+gpu=yes:NoSchedule")
        .containsPattern("Ready\\s+True")
        .contains("disk=ssd", "10.0.0.1");
    run("taint", "node", "one", "gpu:NoSchedule-");
    run("cordon", "one");
    assertThat(run("get", "nodes")).contains("Ready,SchedulingDisabled");
    run("uncordon", "one");
    assertThat(run("wait", "--for=condition=Ready", "node/one", "--timeout=10s"))
        .contains("condition met");
  }

  @Test
  void deploymentIsAppliedChangedScaledAndDeleted() throws IOException, InterruptedException {
    assertThat(apply(WEB)).isEqualTo("deployment.apps/web created\n");
    assertThat(run("rollout", "status", "deployment/web", "--timeout=20s"))
        .contains("successfully rolled out");
    assertThat(apply(WEB)).isEqualTo("deployment.apps/web unchanged\n");
    assertThat(apply(WEB.replace(", {name: B, value: \"2\"}", "")))
        .isEqualTo("deployment.apps/web configured\n");
    assertThat(run("get", "deployment", "web", "-o", "jsonpath={..env}"))
        .isEqualTo("[{\"name\":\"A\",\"value\":\"1\"}]");
    run("patch", "deployment", "web", "-p", "{\"spec\":{\"replicas\":3}}");
    run("rollout", "status", "deployment/web", "--timeout=20s");
    assertThat(run("get", "deployments")).containsPattern("web\\s+3/3\\s+3\\s+3");
    run("scale", "deployment/web", "--replicas=1");
    run("rollout", "status", "deployment/web", "--timeout=20s");
    assertThat(run("describe", "deployment", "web")).contains("1 desired", "NewReplicaSet");
    assertThat(run("delete", "deployment", "web")).contains("deployment.apps \"web\" deleted");
    assertThat(kubectl.orElseThrow().run("get", "deployment", "web").text())
        .isEqualTo("Error from server (NotFound): deployments.apps \"web\" not found\n");
  }

  @Test
  void jobIsWaitedForAndItsLogIsRead() throws IOException, InterruptedException {
    apply(GREETING);
    run("wait", "--for=condition=complete", "job/greeting", "--timeout=20s");

    assertThat(run("logs", "job/greeting")).isEqualTo("hello\nworld\n");
    assertThat(run("get", "jobs")).containsPattern("greeting\\s+1/1");
    assertThat(run("get", "pods")).containsPattern("greeting-\\w+\\s+0/1\\s+Completed");
    assertThat(run("describe", "job", "greeting")).contains("SuccessfulCreate", "1 Succeeded");
    assertThat(run("describe", "pods")).containsPattern("Node:\\s+one/10.0.0.1");
    run("delete", "job", "greeting");
    assertThat(run("get", "pods")).contains("No resources found");
  }

  @Test
  void namespaceIsCreatedAndDeletedWithWhatIsInIt() throws IOException, InterruptedException {
    run("create", "namespace", "temporary");
    run("create", "configmap", "a", "-n", "temporary", "--from-literal=key=value");
    assertThat(run("get", "all,configmaps", "-n", "temporary")).contains("configmap/a");

    run("delete", "namespace", "temporary");

    assertThat(run("get", "namespaces")).contains("kube-system").doesNotContain("temporary");
  }

  /** Since 1.32, kubectl sends these in Protocol Buffers. */
  @Test
  void objectsAreMadeByTheCommandsThatHaveATypeForThem() throws IOException, InterruptedException {
    run("create", "deployment", "web", "--image=web:1", "--port=80");
    run("create", "service", "nodeport", "web", "--tcp=80:http");
    run("create", "secret", "generic", "login", "--from-literal=key=value");
    run("create", "serviceaccount", "robot");
    run("create", "role", "reader", "--verb=get", "--resource=pods", "--resource-name=one");
    run("create", "rolebinding", "readers", "--role=reader", "--serviceaccount=default:robot");
    run("create", "job", "once", "--image=hello:1");
    run("create", "quota", "small", "--hard=cpu=500m,pods=2");
    run("wait", "--for=condition=complete", "job/once", "--timeout=20s");

    assertThat(run("get", "deployment", "web", "-o", "jsonpath={.spec.template.spec}"))
        .contains("\"image\":\"web:1\"", "\"containerPort\":80");
    assertThat(run("get", "service", "web", "-o", "jsonpath={.spec.ports[0].targetPort}"))
        .isEqualTo("http");
    assertThat(run("get", "secret", "login", "-o", "jsonpath={.data.key}")).isEqualTo("dmFsdWU=");
    assertThat(run("get", "role", "reader", "-o", "jsonpath={.rules[0].resourceNames[0]}"))
        .isEqualTo("one");
    assertThat(run("get", "resourcequota", "small", "-o", "jsonpath={.spec.hard.cpu}"))
        .isEqualTo("500m");
  }

  @Test
  void definedResourcesAreApplied() throws IOException, InterruptedException {
    apply(
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: ships.example.org}
        spec:
          group: example.org
          scope: Namespaced
          names: {kind: Ship, plural: ships, shortNames: [sh]}
          versions: [{name: v1, served: true, storage: true,
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
        """);
    run("wait", "--for=condition=established", "crd/ships.example.org", "--timeout=10s");
    String ship =
        "apiVersion: example.org/v1\nkind: Ship\nmetadata: {name: ada}\nspec: {masts: 2}\n";

    assertThat(apply(ship)).isEqualTo("ship.example.org/ada created\n");
    assertThat(apply(ship.replace("2", "3"))).isEqualTo("ship.example.org/ada configured\n");
    assertThat(run("get", "sh")).containsPattern("ada\\s+\\d+s");
  }

  @Test
  void rightsAndVersionAreAskedFor() throws IOException, InterruptedException {
    assertThat(run("auth", "can-i", "create", "pods")).isEqualTo("yes\n");
    assertThat(run("version", "-o", "json")).contains("\"gitVersion\": \"v1.20.15\"");
    assertThat(run("api-resources")).containsPattern("deployments\\s+deploy\\s+apps/v1\\s+true");
    assertThat(run("get", "--raw", "/readyz")).isEqualTo("ok");
  }
}
