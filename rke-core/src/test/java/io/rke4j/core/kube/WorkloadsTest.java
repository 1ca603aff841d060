package io.rke4j.core.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.testkit.kube.controllers.PodBehaviour;
import io.rke4j.testkit.kube.controllers.PodBehaviour.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkloadsTest {

  private static final PodBehaviour MISSING_IMAGE =
      start ->
          start.container().path("image").asText().contains("no-such-image")
              ? Optional.of(new Outcome.Waiting("ImagePullBackOff", "no such image"))
              : Optional.empty();

  private final SimulatedAccess simulated =
      SimulatedAccess.to(MISSING_IMAGE.orElse(PodBehaviour.usual()));
  private final KubeClient client = KubeClient.open(simulated.kubeconfig(), Optional.empty());

  @AfterEach
  void close() {
    client.close();
    simulated.close();
  }

  private static String deployment(String image) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: agent, namespace: default}
    spec:
      selector: {matchLabels: {app: agent}}
      template:
        metadata: {labels: {app: agent}}
        spec: {containers: [{name: agent, image: "%s"}]}
    """
        .formatted(image);
  }

  private void create(String image) throws InterruptedException {
    client.create(
        "/apis/apps/v1/namespaces/default/deployments",
        KubeJson.tree(new org.yaml.snakeyaml.Yaml().load(deployment(image))));
    simulated.cluster().awaitQuiet(Duration.ofSeconds(10));
  }

  @Test
  void whatIsNotThereIsNotReady() {
    Workloads workloads = new Workloads(client, List.of(deployment("example/agent:1")));

    assertThat(workloads.ready().reached()).isFalse();
    assertThat(workloads.ready().lastSeen()).contains("Deployment default/agent", "not there");
  }

  @Test
  void whatCannotStartSaysWhy() throws InterruptedException {
    simulated.registerNode();
    create("example/no-such-image:1");
    Workloads workloads = new Workloads(client, List.of(deployment("example/no-such-image:1")));

    assertThat(workloads.ready().lastSeen()).contains("0 of 1 pods ready");
    assertThat(workloads.evidence())
        .anyMatch(line -> line.contains("0 of 1 pods ready"))
        .anyMatch(line -> line.startsWith("pod agent-"));
  }
}
