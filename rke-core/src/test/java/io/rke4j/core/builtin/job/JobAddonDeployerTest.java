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
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobAddonDeployerTest {

  private static final String CONFIG_MAPS = "/api/v1/namespaces/kube-system/configmaps";
  private static final String JOBS = "/apis/batch/v1/namespaces/kube-system/jobs";
  private static final String PODS = "/api/v1/namespaces/kube-system/pods";
  private static final String ACCOUNTS = "/api/v1/namespaces/kube-system/serviceaccounts/";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final CountingContext CONTEXT = new CountingContext(5);

  private static final AddonManifest ONE_AND_TWO =
      new AddonManifest("mine", configMap("one") + "---\n" + configMap("two"));
  private static final AddonManifest ONE = new AddonManifest("mine", configMap("one"));

  private static final KubeApiStub SERVER = KubeApiStub.started();
  private static final AddonDeployer DEPLOYER =
      new JobAddonDeployerProvider()
          .open(
              new KubeEndpoint(
                  SERVER.kubeconfig(),
                  NodeName.of("cp-1"),
                  new ImageRef("rancher/hyperkube:v1.20.15-rancher2")));

  @BeforeEach
  void thereIsAServiceAccount() {
    SERVER.clear();
    ObjectNode account = KubeJson.object("v1", "ServiceAccount", "kube-system", "rke-job-deployer");
    account.putArray("secrets").addObject().put("name", "token");
    SERVER.put(ACCOUNTS + "rke-job-deployer", account);
    SERVER.put(ACCOUNTS + "default", KubeJson.object());
    ObjectNode kinds = KubeJson.object();
    kinds.putArray("resources").addObject().put("kind", "ConfigMap");
    SERVER.put("/api/v1", kinds);
    SERVER.put("/version", KubeJson.object().put("gitVersion", "v1.20.15"));
    everyJobEndsWith("Complete");
  }

  @AfterAll
  static void close() {
    DEPLOYER.close();
    SERVER.close();
  }

  @Test
  void providerIsFound() {
    assertThat(ServiceLoader.load(AddonDeployerProvider.class))
        .extracting(AddonDeployerProvider::id)
        .contains("job");
  }

  @Test
  void newAddonIsStoredAndApplied() {
    assertThat(DEPLOYER.state(ONE)).isEqualTo(AddonState.ABSENT);
    DEPLOYER.deploy(ONE, LIMIT, CONTEXT);
    assertThat(SERVER.writes()).endsWith("POST " + CONFIG_MAPS, "POST " + JOBS);
    assertThat(SERVER.get(CONFIG_MAPS + "/mine").orElseThrow().at("/data/mine").asText())
        .isEqualTo(ONE.yaml());
    assertThat(DEPLOYER.state(ONE)).isEqualTo(AddonState.DEPLOYED);
    assertThat(DEPLOYER.deployed()).containsExactly("mine");
  }

  @Test
  void deployedAddonIsLeftAlone() {
    DEPLOYER.deploy(ONE, LIMIT, CONTEXT);
    SERVER.writes();
    DEPLOYER.deploy(ONE, LIMIT, CONTEXT);
    assertThat(SERVER.writes()).isEmpty();
  }

  @Test
  void jobIsTheOneThatRkeMakes() {
    DEPLOYER.deploy(new AddonManifest("rke-network-plugin", configMap("one")), LIMIT, CONTEXT);
    JsonNode job = SERVER.get(JOBS + "/rke-network-plugin-deploy-job").orElseThrow();
    ((ObjectNode) job).withObject("/spec/template/metadata").remove("labels");
    Golden.check("job", "rke-network-plugin-deploy-job", job.path("spec").toPrettyString() + "\n");
  }

  @Test
  void changedAddonReplacesItsJobAndDeletesWhatIsGone() {
    DEPLOYER.deploy(ONE_AND_TWO, LIMIT, CONTEXT);
    SERVER.writes();
    assertThat(DEPLOYER.state(ONE)).isEqualTo(AddonState.OUTDATED);
    DEPLOYER.deploy(ONE, LIMIT, CONTEXT);
    assertThat(SERVER.writes())
        .containsExactly(
            "POST " + CONFIG_MAPS,
            "DELETE " + JOBS + "/mine-deploy-job",
            "PATCH " + CONFIG_MAPS + "/mine",
            "POST " + JOBS,
            "POST " + JOBS,
            "DELETE " + CONFIG_MAPS + "/mine-old",
            "DELETE " + JOBS + "/mine-old-delete-job");
    assertThat(DEPLOYER.state(ONE)).isEqualTo(AddonState.DEPLOYED);
  }

  @Test
  void changedAddonWhoseJobCouldNotBeReplacedIsNotTakenForDeployed() {
    AddonManifest changed = new AddonManifest("mine", ONE.yaml() + "# changed\n");
    for (String failing :
        List.of("DELETE " + JOBS + "/mine-deploy-job", "PATCH " + CONFIG_MAPS + "/mine")) {
      everyJobEndsWith("Complete");
      DEPLOYER.deploy(ONE, LIMIT, CONTEXT);
      failOn(failing);
      assertThatThrownBy(() -> DEPLOYER.deploy(changed, LIMIT, CONTEXT));
      assertThat(DEPLOYER.state(changed)).as(failing).isEqualTo(AddonState.OUTDATED);
    }
  }

  @Test
  void interruptedDeletionIsDoneLater() {
    DEPLOYER.deploy(ONE_AND_TWO, LIMIT, CONTEXT);
    failOn("POST " + JOBS);
    assertThatThrownBy(() -> DEPLOYER.deploy(ONE, LIMIT, CONTEXT));
    everyJobEndsWith("Complete");
    assertThat(SERVER.get(CONFIG_MAPS + "/mine-old").orElseThrow().at("/data/mine-old").asText())
        .contains("\"two\"")
        .doesNotContain("\"one\"");
    assertThat(DEPLOYER.state(ONE)).isEqualTo(AddonState.OUTDATED);
    DEPLOYER.deploy(ONE, LIMIT, CONTEXT);
    assertThat(SERVER.get(CONFIG_MAPS + "/mine-old")).isEmpty();
    assertThat(DEPLOYER.state(ONE)).isEqualTo(AddonState.DEPLOYED);
  }

  @Test
  void jobOfTheManifestThatChangedIsDeletedFirst() {
    String job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j, namespace: n}\nspec: %s\n";
    DEPLOYER.deploy(new AddonManifest("mine", job.formatted("{a: 1}")), LIMIT, CONTEXT);
    SERVER.put("/apis/batch/v1/namespaces/n/jobs/j", KubeJson.object());
    SERVER.writes();
    DEPLOYER.deploy(new AddonManifest("mine", job.formatted("{a: 2}")), LIMIT, CONTEXT);
    assertThat(SERVER.writes())
        .containsSubsequence("DELETE /apis/batch/v1/namespaces/n/jobs/j", "POST " + JOBS);
    assertThat(SERVER.get(CONFIG_MAPS + "/mine-old")).isEmpty();
  }

  @Test
  void removedAddonLeavesNothing() {
    DEPLOYER.deploy(ONE, LIMIT, CONTEXT);
    DEPLOYER.remove("mine", LIMIT, CONTEXT);
    assertThat(SERVER.get(CONFIG_MAPS + "/mine")).isEmpty();
    assertThat(SERVER.get(JOBS + "/mine-deploy-job")).isEmpty();
    assertThat(SERVER.get(JOBS + "/mine-delete-job")).isEmpty();
    assertThat(DEPLOYER.deployed()).isEmpty();
  }

  @Test
  void addonOfAKindThatKubernetesDoesNotKnowIsRemovedWithoutAJob() {
    AddonManifest strange =
        new AddonManifest("mine", "{apiVersion: v1, kind: Nonsense, metadata: {name: a}}");
    DEPLOYER.deploy(strange, LIMIT, CONTEXT);
    SERVER.writes();
    DEPLOYER.remove("mine", LIMIT, CONTEXT);
    assertThat(SERVER.writes()).doesNotContain("POST " + JOBS);
    assertThat(SERVER.get(CONFIG_MAPS + "/mine")).isEmpty();
  }

  @Test
  void removingWhatIsNotThereRunsNothing() {
    DEPLOYER.remove("mine", LIMIT, CONTEXT);
    assertThat(SERVER.writes()).doesNotContain("POST " + JOBS);
  }

  @Test
  void addonsOfRkeAreKnownByNameIfTheirJobIsThere() {
    storedByRke("rke-coredns-addon", ONE.yaml());
    storedByRke("rke-metrics-addon", ONE.yaml());
    storedByRke("somebody-elses", ONE.yaml());
    SERVER.put(JOBS + "/rke-coredns-addon-deploy-job", finished("Complete"));
    assertThat(DEPLOYER.deployed()).containsExactly("rke-coredns-addon");
    assertThat(DEPLOYER.state(new AddonManifest("rke-coredns-addon", ONE.yaml())))
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
    assertThat(DEPLOYER.state(ONE)).isEqualTo(AddonState.OUTDATED);
  }

  @Test
  void warningsAreNotLostAmongEventsThatAreNone() {
    everyJobEndsWith("Failed");
    event("a", "Warning", "FailedMount", "no such volume");
    for (int number = 0; number < 40; number++) {
      event("b" + number, "Normal", "Pulled", "image is there");
    }
    assertThat(failureOfDeployment().evidence())
        .contains("event FailedMount: no such volume")
        .noneMatch(line -> line.contains("Pulled"));
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
    SERVER.put(
        ACCOUNTS + "rke-job-deployer",
        KubeJson.object("v1", "ServiceAccount", "kube-system", "rke-job-deployer"));
    assertThat(failureOfDeployment()).hasMessageContaining("no token yet");
    assertThat(SERVER.writes()).doesNotContain("POST " + JOBS);
    SERVER.put("/version", KubeJson.object().put("gitVersion", "v1.24.3"));
    DEPLOYER.deploy(ONE, LIMIT, CONTEXT);
  }

  @Test
  void jobGetsItsFirstPodWhereNoControllerRunsYet() {
    SERVER.remove(ACCOUNTS + "default");
    DEPLOYER.deploy(ONE, LIMIT, CONTEXT);
    assertThat(SERVER.writes()).endsWith("POST " + CONFIG_MAPS, "POST " + JOBS, "POST " + PODS);
    JsonNode job = SERVER.get(JOBS + "/mine-deploy-job").orElseThrow();
    JsonNode pod = SERVER.get(PODS + "/mine-deploy-job-1").orElseThrow();
    assertThat(pod.path("spec")).isEqualTo(job.at("/spec/template/spec"));
    assertThat(pod.at("/metadata/labels")).isEqualTo(job.at("/spec/template/metadata/labels"));
    assertThat(pod.at("/metadata/ownerReferences/0/uid")).isEqualTo(job.at("/metadata/uid"));
    assertThat(pod.at("/metadata/ownerReferences/0/controller").asBoolean()).isTrue();
  }

  @Test
  void podIsLeftToTheControllersWhereItWouldWaitForThemAnyway() {
    SERVER.remove(ACCOUNTS + "default");
    SERVER.put("/version", KubeJson.object().put("gitVersion", "v1.21.14"));
    DEPLOYER.deploy(ONE, LIMIT, CONTEXT);
    assertThat(SERVER.writes()).doesNotContain("POST " + PODS);
  }

  @Test
  void jobWhoseFirstPodIsRefusedIsLeftToItsController() {
    SERVER.remove(ACCOUNTS + "default");
    SERVER.intercept(
        request ->
            request.equals("POST " + PODS)
                ? Optional.of(KubeApiStub.failure(403, "Forbidden"))
                : completing(request, "Complete"));
    DEPLOYER.deploy(ONE, LIMIT, CONTEXT);
    assertThat(DEPLOYER.state(ONE)).isEqualTo(AddonState.DEPLOYED);
  }

  @Test
  void apiServerThatRestartsMeanwhileIsWaitedFor() {
    int[] failures = {2};
    SERVER.intercept(
        request -> {
          if (request.equals("GET " + JOBS + "/mine-deploy-job")
              && SERVER.get(JOBS + "/mine-deploy-job").isPresent()
              && failures[0]-- > 0) {
            return Optional.of(new Reply(503, ""));
          }
          return completing(request, "Complete");
        });
    DEPLOYER.deploy(ONE, LIMIT, CONTEXT);
    assertThat(DEPLOYER.state(ONE)).isEqualTo(AddonState.DEPLOYED);
  }

  @Test
  void manifestThatIsNotYamlIsRefusedBeforeAnythingIsWritten() {
    AddonFailedException failure =
        catchThrowableOfType(
            AddonFailedException.class,
            () -> DEPLOYER.deploy(new AddonManifest("mine", "a: [1\nb: 2"), LIMIT, CONTEXT));
    assertThat(failure).hasMessageContaining("not YAML");
    assertThat(failure.evidence()).anyMatch(line -> line.contains("line 2"));
    assertThat(SERVER.writes()).isEmpty();
  }

  private AddonFailedException failureOfDeployment() {
    return catchThrowableOfType(
        AddonFailedException.class, () -> DEPLOYER.deploy(ONE, LIMIT, CONTEXT));
  }

  private void everyJobEndsWith(String condition) {
    SERVER.intercept(request -> completing(request, condition));
  }

  /** Gives a Job its condition when it is looked at. */
  private Optional<Reply> completing(String request, String condition) {
    String path = request.substring(request.indexOf(' ') + 1);
    if (request.startsWith("GET " + JOBS + "/") && !condition.isEmpty()) {
      SERVER
          .get(path)
          .map(ObjectNode.class::cast)
          .filter(job -> !job.has("status"))
          .ifPresent(
              job -> {
                job.set("status", finished(condition).path("status"));
                SERVER.put(path, job);
              });
    }
    return Optional.empty();
  }

  private void failOn(String failing) {
    SERVER.intercept(
        request ->
            request.equals(failing)
                ? Optional.of(KubeApiStub.failure(500, "Broken"))
                : Optional.empty());
  }

  private void logSays(String line) {
    SERVER.intercept(
        request ->
            request.endsWith("/log")
                ? Optional.of(new Reply(200, line))
                : completing(request, "Failed"));
  }

  private static void event(String name, String type, String reason, String message) {
    ObjectNode event = KubeJson.object("v1", "Event", "kube-system", name);
    event.put("type", type).put("reason", reason).put("message", message);
    event.putObject("involvedObject").put("name", "mine-deploy-job");
    SERVER.put("/api/v1/namespaces/kube-system/events/" + name, event);
  }

  private void storedByRke(String name, String manifest) {
    ObjectNode stored = KubeJson.object("v1", "ConfigMap", "kube-system", name);
    stored.putObject("data").put(name, manifest);
    SERVER.put(CONFIG_MAPS + "/" + name, stored);
  }

  private void pod(String name, String phase, ObjectNode waiting) {
    ObjectNode pod = KubeJson.object("v1", "Pod", "kube-system", name);
    pod.withObject("/metadata").putObject("labels").put("job-name", "mine-deploy-job");
    pod.putObject("spec").put("nodeName", "cp-1");
    ObjectNode status = pod.putObject("status").put("phase", phase);
    if (!waiting.isEmpty()) {
      status.putArray("containerStatuses").addObject().putObject("state").set("waiting", waiting);
    }
    SERVER.put(PODS + "/" + name, pod);
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
