package io.rke4j.core.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.rke4j.testkit.kube.controllers.PodBehaviour;
import io.rke4j.testkit.kube.controllers.PodBehaviour.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The simulated API in the hands of a client that was written for the real one. */
class Fabric8ClientTest {

  private static final PodBehaviour SAYS_HELLO =
      start ->
          start.container().path("name").asText().equals("hello")
              ? Optional.of(new Outcome.Exited(0, "hello\nworld\n"))
              : Optional.empty();

  private final SimulatedAccess simulated =
      SimulatedAccess.to(SAYS_HELLO.orElse(PodBehaviour.usual()));
  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(Config.fromKubeconfig(simulated.kubeconfig().reveal()))
          .build();

  @BeforeEach
  void registerNode() {
    simulated.registerNode();
  }

  @AfterEach
  void close() {
    client.close();
    simulated.close();
  }

  private static ConfigMap map(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .addToData("key", value)
        .build();
  }

  private static Deployment deployment() {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("web")
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .withReplicas(2)
        .withNewSelector()
        .withMatchLabels(Map.of("app", "web"))
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Map.of("app", "web"))
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("web")
        .withImage("web:1")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  @Test
  void objectsAreCreatedChangedAndDeleted() {
    client.resource(map("a", "1")).create();
    client
        .configMaps()
        .inNamespace("default")
        .withName("a")
        .edit(one -> new ConfigMapBuilder(one).addToData("more", "2").build());
    client
        .configMaps()
        .inNamespace("default")
        .withName("a")
        .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), "{\"data\":{\"key\":null}}");

    ConfigMap found = client.configMaps().inNamespace("default").withName("a").get();
    assertThat(found.getData()).isEqualTo(Map.of("more", "2"));
    List<StatusDetails> deleted = client.resource(found).delete();
    assertThat(deleted).hasSize(1);
    assertThat(client.configMaps().inNamespace("default").withName("a").get()).isNull();
  }

  @Test
  void serverSideApplyCreatesAndChanges() {
    client.resource(map("a", "1")).serverSideApply();

    ConfigMap changed = client.resource(map("a", "2")).serverSideApply();

    assertThat(changed.getData()).isEqualTo(Map.of("key", "2"));
  }

  @Test
  void deploymentBecomesReadyAndIsScaled() throws Exception {
    client.resource(deployment()).create();
    var deployments = client.apps().deployments().inNamespace("default").withName("web");
    deployments.waitUntilReady(20, TimeUnit.SECONDS);

    deployments.scale(3);
    Deployment scaled =
        deployments.waitUntilCondition(
            one -> Integer.valueOf(3).equals(one.getStatus().getReadyReplicas()),
            20,
            TimeUnit.SECONDS);

    assertThat(scaled.getMetadata().getGeneration()).isEqualTo(2);
    List<Pod> pods = client.pods().inNamespace("default").withLabel("app", "web").list().getItems();
    assertThat(pods).hasSize(3).allMatch(pod -> pod.getSpec().getNodeName().equals("one"));
    assertThat(deployments.delete()).isNotEmpty();
    assertThat(
            client
                .pods()
                .inNamespace("default")
                .withLabel("app", "web")
                .informOnCondition(List::isEmpty)
                .get(20, TimeUnit.SECONDS))
        .isEmpty();
  }

  @Test
  void jobEndsAndItsLogIsRead() {
    Job job =
        new JobBuilder()
            .withNewMetadata()
            .withName("greeting")
            .withNamespace("default")
            .endMetadata()
            .withNewSpec()
            .withNewTemplate()
            .withNewSpec()
            .withRestartPolicy("Never")
            .addNewContainer()
            .withName("hello")
            .withImage("hello:1")
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    client.resource(job).create();
    var jobs = client.batch().v1().jobs().inNamespace("default").withName("greeting");

    jobs.waitUntilCondition(
        one -> Integer.valueOf(1).equals(one.getStatus().getSucceeded()), 20, TimeUnit.SECONDS);

    assertThat(jobs.getLog()).isEqualTo("hello\nworld\n");
  }

  @Test
  void watchAndInformerSeeChanges() throws InterruptedException {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    Watcher<ConfigMap> watcher =
        new Watcher<>() {
          @Override
          public void eventReceived(Action action, ConfigMap object) {
            seen.add("watch " + action + " " + object.getMetadata().getName());
          }

          @Override
          public void onClose(WatcherException cause) {
            seen.add("closed");
          }
        };
    try (var watch = client.configMaps().inNamespace("default").watch(watcher)) {
      client.resource(map("a", "1")).create();
      assertThat(watch).isNotNull();
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("watch ADDED a");
    }
    BlockingQueue<String> informed = new LinkedBlockingQueue<>();
    ResourceEventHandler<ConfigMap> handler =
        new ResourceEventHandler<>() {
          @Override
          public void onAdd(ConfigMap object) {
            informed.add("added " + object.getMetadata().getName());
          }

          @Override
          public void onUpdate(ConfigMap before, ConfigMap after) {
            informed.add("updated " + after.getMetadata().getName());
          }

          @Override
          public void onDelete(ConfigMap object, boolean unknown) {
            informed.add("deleted " + object.getMetadata().getName());
          }
        };
    try (SharedIndexInformer<ConfigMap> informer =
        client.configMaps().inNamespace("default").inform(handler)) {
      assertThat(informed.poll(20, TimeUnit.SECONDS)).isEqualTo("added a");
      client.resource(map("a", "2")).update();
      assertThat(informed.poll(20, TimeUnit.SECONDS)).isEqualTo("updated a");
      client.resource(map("a", "2")).delete();
      assertThat(informed.poll(20, TimeUnit.SECONDS)).isEqualTo("deleted a");
      assertThat(informer.hasSynced()).isTrue();
    }
  }
}
