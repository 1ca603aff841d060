package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.ManagementCluster;
import io.rke4j.api.cluster.Addon;
import io.rke4j.api.cluster.AgentsBuilder;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.DockerBuilder;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.event.ProvisionEvent.PhaseStarted;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.Plan;
import io.rke4j.testkit.RecordingListener;
import io.rke4j.vsphere.VsphereDriver;
import io.rke4j.vsphere.settings.VsphereSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything in one call: rights and keys in a management cluster, a machine in vSphere, Docker on
 * it, the cluster with all its addons, agents, and the end of the rights that were needed for it.
 *
 * @param folder for its files
 * @param management the cluster that keeps account
 */
record SeedRun(Path folder, Kubectl management) {

  private static final String TOKEN = "a-token-of-registration";
  private static final String AGENT = "rke4j/lab-agent:1";
  private static final Duration LONGEST_RUN = Duration.ofMinutes(10);
  private static final String USERS_ADDON =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: from-the-user, namespace: default}
      data: {answer: "42"}
      """;

  private static final String REVIEW =
      """
      apiVersion: authentication.k8s.io/v1
      kind: TokenReview
      spec: {token: "of:nobody"}
      """;

  /** From nothing to the cluster and back. */
  void carryOut() throws Exception {
    RecordingListener recorder = new RecordingListener();
    try (VsphereMachine machine = VsphereMachine.of("seed-1", folder);
        AgentServer agents = AgentServer.start(folder, TOKEN);
        VsphereDriver driver =
            VsphereDriver.connect(VsphereSettings.fromRancher(machine.template()));
        ClusterProvisioner rke =
            ClusterProvisioner.builder()
                .nodeDriver(driver)
                .management(ManagementCluster.file(management.kubeconfig()))
                // Nobody but the driver vouches for the machine.
                .hostKeys(new HostKeyPolicy.Pinned(Map.of()))
                .listener(recorder)
                .build()) {
      ClusterSpec spec = spec(machine, agents);

      Plan plan = rke.plan(spec);
      Cluster cluster = rke.apply(plan).await(LONGEST_RUN).orElseThrow();

      assertThat(recorder.events(PhaseStarted.class))
          .extracting(PhaseStarted::phase)
          .containsExactlyInAnyOrder(Phase.values());
      recorder.assertWellFormed();
      assertThat(recorder.text() + plan.toJson()).doesNotContain(TOKEN);
      assertCluster(Kubectl.of(cluster, folder), agents);
      assertAccount();
      LabCluster.assertEmpty(rke.plan(spec));

      rke.apply(rke.planRemoval(spec)).await(LONGEST_RUN);

      assertThat(machine.seeds()).isZero();
      Eventually.within(
          Duration.ofMinutes(2),
          () -> assertThat(management.exists("namespace", "c-seed")).isFalse());
    }
  }

  private ClusterSpec spec(VsphereMachine machine, AgentServer agents) throws Exception {
    Path addon = Files.writeString(folder.resolve("addon.yml"), USERS_ADDON);
    return ClusterSpec.named("seed")
        .kubernetes("v1.20.15-rancher2-1")
        .node("seed-1", n -> n.machine(2, "2Gi", "20Gi").roles(Role.values()))
        .docker(docker -> asInTheLab(docker, machine.guest()))
        .network(net -> net.plugin("flannel"))
        .addon(Addon.manifest("users-own", addon))
        .agents(all -> agents(all, agents))
        .build();
  }

  private void asInTheLab(DockerBuilder docker, BareHost guest) {
    guest.asInTheLab(docker.install("20.10").tls(folder.resolve("docker-certs")));
  }

  private static void agents(AgentsBuilder all, AgentServer server) {
    all.server(server.url())
        .token(Secret.of(TOKEN))
        .authority(server.authority())
        .clusterAgent(AGENT)
        .nodeAgent(AGENT)
        .authEndpoint(AGENT);
  }

  private void assertCluster(Kubectl kubectl, AgentServer agents) throws IOException {
    kubectl.awaitNodesReady(1);
    assertThat(kubectl.ask("get", "jobs", "-n", "kube-system"))
        .contains("rke-network-plugin-deploy-job", "rke-coredns-addon-deploy-job")
        .contains("rke-metrics-addon-deploy-job", "rke-ingress-controller-deploy-job")
        .doesNotContain("0/1");
    assertThat(kubectl.ask("get", "configmap", "from-the-user", "-o", "jsonpath={.data.answer}"))
        .isEqualTo("42");
    Eventually.within(
        Duration.ofMinutes(1),
        () ->
            assertThat(agents.visitors())
                .anySatisfy(one -> assertThat(one).contains("\"node\":\"seed-1\""))
                .anySatisfy(one -> assertThat(one).contains("\"cluster\":\"true\"")));
    assertTokensAreReviewed(kubectl);
  }

  private void assertTokensAreReviewed(Kubectl kubectl) throws IOException {
    Path review = Files.writeString(folder.resolve("review.yml"), REVIEW);
    assertThat(kubectl.ask("create", "-f", review.toString(), "-o", "jsonpath={.status}"))
        .doesNotContain("true");
    assertThat(kubectl.ask("logs", "-n", "cattle-system", "-l", "app=kube-api-auth"))
        .contains("asked whose a token is");
  }

  private void assertAccount() {
    for (String type : List.of("Provisioned", "Ready", "AgentDeployed")) {
      assertThat(
              management.ask(
                  "get",
                  "rkecluster",
                  "seed",
                  "--output",
                  "jsonpath={.status.conditions[?(@.type=='" + type + "')].status}"))
          .as(type)
          .isEqualTo("True");
    }
    assertThat(management.ask("get", "secrets", "-n", "c-seed")).contains("node-seed-1");
  }
}
