package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.AgentsBuilder;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.DeployerAccount;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.event.ProvisionEvent.StepProgress;
import io.rke4j.api.plan.Plan;
import io.rke4j.core.kube.KubeApi;
import io.rke4j.core.kube.KubeClient;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.testkit.RecordingListener;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What finishes a cluster: definitions, agents, and rights that go, on a simulated host. */
@Timeout(180)
class AgentsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String TOKEN = "token-that-nobody-may-see";
  private static final String CATTLE = "/api/v1/namespaces/cattle-system";
  private static final String APPS = "/apis/apps/v1/namespaces/cattle-system/";
  private static final String DEPLOYER =
      "/api/v1/namespaces/kube-system/serviceaccounts/rke-job-deployer";
  private static final String OWN =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: own, namespace: "${namespace}"}
      spec:
        selector: {matchLabels: {app: own}}
        template:
          metadata: {labels: {app: own}}
          spec:
            containers: [{name: own, image: "example/own:1", args: ["${server}", "${credentials}"]}]
      """;

  @TempDir private Path folder;
  private final SimulatedFleet fleet = SimulatedFleet.of(1);
  private final SimulatedHost host = fleet.host(0);
  private final RecordingListener recorder = new RecordingListener();
  private ClusterProvisioner rke;

  @BeforeEach
  void begin() {
    rke =
        ClusterProvisioner.builder()
            .stateDirectory(folder.resolve("state"))
            .hostKeys(new HostKeyPolicy.Pinned(fleet.fingerprints()))
            .listener(recorder)
            .build();
  }

  @AfterEach
  void end() {
    rke.close();
    fleet.close();
  }

  private ClusterSpec spec(Consumer<AgentsBuilder> agents) {
    return ClusterSpec.named("finished")
        .kubernetes("v1.20.15-rancher2-1")
        .addons(
            a ->
                a.withoutDns()
                    .withoutIngress()
                    .withoutMetrics()
                    .deployerAccount(DeployerAccount.GOES))
        .agents(agents)
        .network(n -> n.plugin("flannel"))
        .node(
            host.name(),
            n ->
                n.address(host.address())
                    .user(host.user())
                    .port(host.port())
                    .sshKey(Secret.of(host.privateKey()))
                    .roles(Role.ETCD, Role.CONTROL_PLANE, Role.WORKER))
        .build();
  }

  private ClusterSpec withAgents() {
    return spec(
        a ->
            a.server("https://rancher.lab")
                .token(Secret.of(TOKEN))
                .authority("-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----")
                .standard()
                .agent("own-agent", OWN));
  }

  private Cluster up(ClusterSpec spec) throws Exception {
    Plan plan = rke.plan(spec);
    assertThat(plan.toJson() + plan.render()).doesNotContain(TOKEN);
    Cluster cluster = rke.apply(plan).await(PATIENCE).orElseThrow();
    Plan again = rke.plan(spec);
    assertThat(again.isEmpty()).as("%s", again.render()).isTrue();
    return cluster;
  }

  @Test
  void agentsComeWithTheirDefinitionsAndGoWithoutATrace() throws Exception {
    Cluster cluster = up(withAgents());

    try (KubeApi api = KubeApi.open(cluster.kubeconfig())) {
      KubeClient client = api.client();
      assertAgents(client);
      assertThat(client.find(DEPLOYER)).as("the account of deploy Jobs").isEmpty();
      leaveRights(client);

      up(spec(a -> {}));

      assertThat(client.find(CATTLE)).isEmpty();
      assertThat(client.find(definition("clusterauthtokens"))).isEmpty();
      assertThat(client.find("/apis/rbac.authorization.k8s.io/v1/clusterroles/cattle-admin"))
          .isEmpty();
      assertThat(client.find(DEPLOYER)).isEmpty();
      assertRightsAreGone(client);
    }
    recorder.assertWellFormed();
  }

  private static String definition(String plural) {
    return "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/"
        + plural
        + ".cluster.cattle.io";
  }

  private void assertAgents(KubeClient client) {
    for (String plural : new String[] {"clusterauthtokens", "clusteruserattributes"}) {
      assertThat(client.find(definition(plural))).as(plural).isPresent();
    }
    ObjectNode agent = client.read(APPS + "deployments/cattle-cluster-agent");
    assertThat(agent.at("/status/availableReplicas").asInt()).isEqualTo(1);
    String credentials = agent.at("/spec/template/spec/volumes/0/secret/secretName").asText();
    assertThat(credentials).matches("cattle-credentials-[0-9a-f]{7}");
    assertThat(client.read(CATTLE + "/secrets/" + credentials).path("data").has("token")).isTrue();
    assertThat(agent.toString()).contains("https://rancher.lab").doesNotContain(TOKEN);
    for (String name : new String[] {"cattle-node-agent", "kube-api-auth"}) {
      assertThat(client.read(APPS + "daemonsets/" + name).at("/status/numberAvailable").asInt())
          .as(name)
          .isEqualTo(1);
    }
    assertThat(client.read(APPS + "deployments/own").toString())
        .contains("https://rancher.lab", credentials);
    assertThat(client.list("/api/v1/configmaps").toString()).doesNotContain(TOKEN);
    assertThat(host.files().below("/etc/kubernetes").keySet().toString())
        .as("what the API server asks kube-api-auth with")
        .contains("kube-api-authn-webhook.yaml");
  }

  /** As Rancher leaves them: a binding twice, and the account of old versions. */
  private static void leaveRights(KubeClient client) {
    for (String name : new String[] {"clusterrolebinding-one", "clusterrolebinding-two"}) {
      client.create(
          "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
          KubeJson.read(
                  """
                  {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
                   "metadata": {"name": "%s",
                     "labels": {"authz.cluster.cattle.io/rtb-owner": "uid-1"}},
                   "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
                     "name": "cluster-admin"},
                   "subjects": [{"kind": "User", "name": "alice",
                     "apiGroup": "rbac.authorization.k8s.io"}]}
                  """
                      .formatted(name))
              .orElseThrow());
    }
    client.create(
        "/api/v1/namespaces/default/serviceaccounts",
        KubeJson.object("v1", "ServiceAccount", "default", "netes-default"));
  }

  private void assertRightsAreGone(KubeClient client) {
    String bindings = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/clusterrolebinding-";
    assertThat(client.find(bindings + "one")).isPresent();
    assertThat(client.find(bindings + "two")).isEmpty();
    assertThat(client.find("/api/v1/namespaces/default/serviceaccounts/netes-default")).isEmpty();
    assertThat(recorder.events(StepProgress.class))
        .extracting(StepProgress::note)
        .anyMatch(
            note ->
                note.contains("ClusterRoleBinding clusterrolebinding-two")
                    && note.contains("default/netes-default"));
  }
}
