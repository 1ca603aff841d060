package io.rke4j.core.builtin.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.core.kube.KubeApiStub;
import io.rke4j.core.kube.KubeApiStub.Reply;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.core.render.Golden;
import io.rke4j.spi.addon.AddonDeployer;
import io.rke4j.spi.addon.AddonDeployerProvider;
import io.rke4j.spi.addon.AddonFailedException;
import io.rke4j.spi.addon.AddonManifest;
import io.rke4j.spi.addon.AddonState;
import io.rke4j.spi.addon.KubeEndpoint;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobAddonDeployerTest {

  private static final String CONFIG_MAPS = "/api/v1/namespaces/kube-system/configmaps";
  private static final String JOBS = "/apis/batch/v1/namespaces/kube-system/jobs";
  private static final String PODS = "/api/v1/namespaces/kube-system/pods";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final PatientContext CONTEXT = new PatientContext(5);

  private static final AddonManifest ONE_AND_TWO =
      new AddonManifest("mine", configMap("one") + "---\n" + configMap("two"));
  private static final AddonManifest ONE = new AddonManifest("mine", configMap("one"));

  private final KubeApiStub server = KubeApiStub.started();
  private final AddonDeployer deployer =
      new JobAddonDeployerProvider()
          .open(
              new KubeEndpoint(
                  server.kubeconfig(),
                  NodeName.of("cp-1"),
                  new ImageRef("rancher/hyperkube:v1.20.15-rancher2")));

  @BeforeEach
  void thereIsAServiceAccount() {
    ObjectNode account = KubeJson.object("v1", "ServiceAccount", "kube-system", "rke-job-deployer");
    account.putArray("secrets").addObject().put("name", "token");
    server.put("/api/v1/namespaces/kube-system/serviceaccounts/rke-job-deployer", account);
    ObjectNode kinds = KubeJson.object();
    kinds.putArray("resources").addObject().put("kind", "ConfigMap");
    server.put("/api/v1", kinds);
    server.put("/version", KubeJson.object().put("gitVersion", "v1.20.15"));
    everyJobEndsWith("Complete");
  }

  @AfterEach
  void close() {
    deployer.close();
    server.close();
  }

  @Test
  void providerIsFound() {
    assertThat(ServiceLoader.load(AddonDeployerProvider.class))
        .extracting(AddonDeployerProvider::id)
        .contains("job");
  }

  @Test
  void newAddonIsStoredAndApplied() {
    assertThat(deployer.state(ONE)).isEqualTo(AddonState.ABSENT);
    deployer.deploy(ONE, LIMIT, CONTEXT);
    assertThat(server.writes()).endsWith("POST " + CONFIG_MAPS, "POST " + JOBS);
    assertThat(server.get(CONFIG_MAPS + "/mine").orElseThrow().at("/data/mine").asText())
        .isEqualTo(ONE.yaml());
    assertThat(deployer.state(ONE)).isEqualTo(AddonState.DEPLOYED);
    assertThat(deployer.deployed()).containsExactly("mine");
  }

  @Test
  void deployedAddonIsLeftAlone() {
    deployer.deploy(ONE, LIMIT, CONTEXT);
    server.writes();
    deployer.deploy(ONE, LIMIT, CONTEXT);
    assertThat(server.writes()).isEmpty();
  }

  @Test
  void jobIsTheOneThatRkeMakes() {
    deployer.deploy(new AddonManifest("rke-network-plugin", configMap("one")), LIMIT, CONTEXT);
    JsonNode job = server.get(JOBS + "/rke-network-plugin-deploy-job").orElseThrow();
    Golden.check("job", "rke-network-plugin-deploy-job", job.path("spec").toPrettyString() + "\n");
  }

  @Test
  void changedAddonReplacesItsJobAndDeletesWhatIsGone() {
    deployer.deploy(ONE_AND_TWO, LIMIT, CONTEXT);
    server.writes();
    assertThat(deployer.state(ONE)).isEqualTo(AddonState.OUTDATED);
    deployer.deploy(ONE, LIMIT, CONTEXT);
    assertThat(server.writes())
        .containsExactly(
            "POST " + CONFIG_MAPS,
            "PATCH " + CONFIG_MAPS + "/mine",
            "DELETE " + JOBS + "/mine-deploy-job",
            "POST " + JOBS,
            "POST " + JOBS,
            "DELETE " + CONFIG_MAPS + "/mine-old",
            "DELETE " + JOBS + "/mine-old-delete-job");
    assertThat(deployer.state(ONE)).isEqualTo(AddonState.DEPLOYED);
  }

  @Test
  void interruptedDeletionIsDoneLater() {
    deployer.deploy(ONE_AND_TWO, LIMIT, CONTEXT);
    failOn("POST " + JOBS);
    assertThatThrownBy(() -> deployer.deploy(ONE, LIMIT, CONTEXT));
    everyJobEndsWith("Complete");
    assertThat(server.get(CONFIG_MAPS + "/mine-old").orElseThrow().at("/data/mine-old").asText())
        .contains("\"two\"")
        .doesNotContain("\"one\"");
    assertThat(deployer.state(ONE)).isEqualTo(AddonState.OUTDATED);
    deployer.deploy(ONE, LIMIT, CONTEXT);
    assertThat(server.get(CONFIG_MAPS + "/mine-old")).isEmpty();
    assertThat(deployer.state(ONE)).isEqualTo(AddonState.DEPLOYED);
  }

  @Test
  void jobOfTheManifestThatChangedIsDeletedFirst() {
    String job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j, namespace: n}\nspec: %s\n";
    deployer.deploy(new AddonManifest("mine", job.formatted("{a: 1}")), LIMIT, CONTEXT);
    server.put("/apis/batch/v1/namespaces/n/jobs/j", KubeJson.object());
    server.writes();
    deployer.deploy(new AddonManifest("mine", job.formatted("{a: 2}")), LIMIT, CONTEXT);
    assertThat(server.writes())
        .containsSubsequence("DELETE /apis/batch/v1/namespaces/n/jobs/j", "POST " + JOBS);
    assertThat(server.get(CONFIG_MAPS + "/mine-old")).isEmpty();
  }

  @Test
  void removedAddonLeavesNothing() {
    deployer.deploy(ONE, LIMIT, CONTEXT);
    deployer.remove("mine", LIMIT, CONTEXT);
    assertThat(server.get(CONFIG_MAPS + "/mine")).isEmpty();
    assertThat(server.get(JOBS + "/mine-deploy-job")).isEmpty();
    assertThat(server.get(JOBS + "/mine-delete-job")).isEmpty();
    assertThat(deployer.deployed()).isEmpty();
  }

  @Test
  void addonOfAKindThatKubernetesDoesNotKnowIsRemovedWithoutAJob() {
    AddonManifest strange =
        new AddonManifest("mine", "{apiVersion: v1, kind: Nonsense, metadata: {name: a}}");
    deployer.deploy(strange, LIMIT, CONTEXT);
    server.writes();
    deployer.remove("mine", LIMIT, CONTEXT);
    assertThat(server.writes()).doesNotContain("POST " + JOBS);
    assertThat(server.get(CONFIG_MAPS + "/mine")).isEmpty();
  }

  @Test
  void removingWhatIsNotThereRunsNothing() {
    deployer.remove("mine", LIMIT, CONTEXT);
    assertThat(server.writes()).doesNotContain("POST " + JOBS);
  }

  @Test
  void addonsOfRkeAreKnownByNameIfTheirJobIsThere() {
    storedByRke("rke-coredns-addon", ONE.yaml());
    storedByRke("rke-metrics-addon", ONE.yaml());
    storedByRke("somebody-elses", ONE.yaml());
    server.put(JOBS + "/rke-coredns-addon-deploy-job", finished("Complete"));
    assertThat(deployer.deployed()).containsExactly("rke-coredns-addon");
    assertThat(deployer.state(new AddonManifest("rke-coredns-addon", ONE.yaml())))
        .isEqualTo(AddonState.DEPLOYED);
  }

  @Test
  void jobThatGaveUpEndsTheWaitWithItsLog() {
    everyJobEndsWith("Failed");
    pod("mine-deploy-job-x", "Failed", KubeJson.object());
    logSays("error: unable to recognize \"/etc/config/mine.yaml\"");
    AddonFailedException failure = failureOfDeployment();
    assertThat(failure).hasMessageContaining("addon mine failed");
    assertThat(failure.evidence())
        .contains("job is Failed BackoffLimitExceeded")
        .contains("error: unable to recognize \"/etc/config/mine.yaml\"");
    assertThat(deployer.state(ONE)).isEqualTo(AddonState.OUTDATED);
  }

  @Test
  void podThatCannotStartEndsTheWait() {
    everyJobEndsWith("");
    pod(
        "mine-deploy-job-x",
        "Pending",
        KubeJson.object().put("reason", "ImagePullBackOff").put("message", "no such image"));
    assertThat(failureOfDeployment())
        .hasMessageContaining("cannot start: ImagePullBackOff: no such image");
  }

  @Test
  void jobThatTakesTooLongSaysWhatItWaitsFor() {
    everyJobEndsWith("");
    pod("mine-deploy-job-x", "Pending", KubeJson.object());
    assertThat(failureOfDeployment())
        .hasMessageContaining("was not finished in time")
        .hasMessageContaining("the kubelet of cp-1 has not taken it");
  }

  @Test
  void jobWaitsForTheTokenOfItsServiceAccount() {
    server.put(
        "/api/v1/namespaces/kube-system/serviceaccounts/rke-job-deployer",
        KubeJson.object("v1", "ServiceAccount", "kube-system", "rke-job-deployer"));
    assertThat(failureOfDeployment()).hasMessageContaining("no token yet");
    assertThat(server.writes()).doesNotContain("POST " + JOBS);
    server.put("/version", KubeJson.object().put("gitVersion", "v1.24.3"));
    deployer.deploy(ONE, LIMIT, CONTEXT);
  }

  @Test
  void apiServerThatRestartsMeanwhileIsWaitedFor() {
    int[] failures = {2};
    server.intercept(
        request -> {
          if (request.equals("GET " + JOBS + "/mine-deploy-job")
              && server.get(JOBS + "/mine-deploy-job").isPresent()
              && failures[0]-- > 0) {
            return Optional.of(new Reply(503, ""));
          }
          return completing(request, "Complete");
        });
    deployer.deploy(ONE, LIMIT, CONTEXT);
    assertThat(deployer.state(ONE)).isEqualTo(AddonState.DEPLOYED);
  }

  @Test
  void manifestThatIsNotYamlIsRefusedBeforeAnythingIsWritten() {
    AddonFailedException failure =
        catchThrowableOfType(
            AddonFailedException.class,
            () -> deployer.deploy(new AddonManifest("mine", "a: [1\nb: 2"), LIMIT, CONTEXT));
    assertThat(failure).hasMessageContaining("not YAML");
    assertThat(failure.evidence()).anyMatch(line -> line.contains("line 2"));
    assertThat(server.writes()).isEmpty();
  }

  private AddonFailedException failureOfDeployment() {
    return catchThrowableOfType(
        AddonFailedException.class, () -> deployer.deploy(ONE, LIMIT, CONTEXT));
  }

  private void everyJobEndsWith(String condition) {
    server.intercept(request -> completing(request, condition));
  }

  /** Gives a Job its condition when it is looked at. */
  private Optional<Reply> completing(String request, String condition) {
    String path = request.substring(request.indexOf(' ') + 1);
    if (request.startsWith("GET " + JOBS + "/") && !condition.isEmpty()) {
      server
          .get(path)
          .map(ObjectNode.class::cast)
          .filter(job -> !job.has("status"))
          .ifPresent(
              job -> {
                job.set("status", finished(condition).path("status"));
                server.put(path, job);
              });
    }
    return Optional.empty();
  }

  private void failOn(String failing) {
    server.intercept(
        request ->
            request.equals(failing)
                ? Optional.of(KubeApiStub.failure(500, "Broken"))
                : Optional.empty());
  }

  private void logSays(String line) {
    server.intercept(
        request ->
            request.endsWith("/log")
                ? Optional.of(new Reply(200, line))
                : completing(request, "Failed"));
  }

  private void storedByRke(String name, String manifest) {
    ObjectNode stored = KubeJson.object("v1", "ConfigMap", "kube-system", name);
    stored.putObject("data").put(name, manifest);
    server.put(CONFIG_MAPS + "/" + name, stored);
  }

  private void pod(String name, String phase, ObjectNode waiting) {
    ObjectNode pod = KubeJson.object("v1", "Pod", "kube-system", name);
    pod.withObject("/metadata").putObject("labels").put("job-name", "mine-deploy-job");
    pod.putObject("spec").put("nodeName", "cp-1");
    ObjectNode status = pod.putObject("status").put("phase", phase);
    if (!waiting.isEmpty()) {
      status.putArray("containerStatuses").addObject().putObject("state").set("waiting", waiting);
    }
    server.put(PODS + "/" + name, pod);
  }

  private static ObjectNode finished(String condition) {
    ObjectNode job = KubeJson.object();
    ObjectNode entry = job.putObject("status").putArray("conditions").addObject();
    entry.put("type", condition).put("status", "True");
    if (condition.equals("Failed")) {
      entry.put("reason", "BackoffLimitExceeded");
    }
    return job;
  }

  private static String configMap(String name) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\n";
  }
}
