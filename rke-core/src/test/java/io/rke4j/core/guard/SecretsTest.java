package io.rke4j.core.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.OpenstackOption;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.plan.Plan;
import io.rke4j.core.container.ContainerDifference;
import io.rke4j.core.render.ContainerJson;
import io.rke4j.core.state.ClusterRecordCodec;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.HostFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

  private static final String MARKER = "hunter2marker";

  /** As a login to a registry has it: the marker encoded, without what stands before it. */
  private static final String MARKER_OF_A_LOGIN =
      Base64.getEncoder().encodeToString(("puller:" + MARKER).getBytes(UTF_8)).substring(0, 20);

  private static final ImageRef IMAGE = new ImageRef("rancher/hyperkube:v1");

  private static final String KEYS =
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: EncryptionConfiguration
      resources:
      - resources: [secrets]
        providers: [{aescbc: {keys: [{name: k, secret: %s}]}}]
      """
          // A key of 32 bytes, or nobody would take it.
          .formatted(MARKER + "A".repeat(43 - MARKER.length()) + "=");
  private static final String WEBHOOK =
      """
      clusters: [{name: c, cluster: {server: "https://tokens.lab"}}]
      users: [{name: u, user: {token: %s}}]
      contexts: [{name: x, context: {cluster: c, user: u}}]
      current-context: x
      """
          .formatted(MARKER);

  private static ClusterSpec spec() {
    return ClusterSpec.named("c1")
        .kubernetes("v1.20.15-rancher2-1")
        .node(
            "n1",
            n ->
                n.address("192.0.2.1")
                    .user("rke")
                    .roles(Role.CONTROL_PLANE, Role.ETCD, Role.WORKER))
        .tokenWebhook(Secret.of(WEBHOOK), "5s")
        .cloud(
            c ->
                c.openstack(
                    o ->
                        o.set(OpenstackOption.AUTH_URL, "https://keystone.lab")
                            .set(OpenstackOption.USERNAME, "rke")
                            .set(OpenstackOption.PASSWORD, Secret.of(MARKER))))
        .services(s -> s.apiServer(a -> a.encryptSecrets(Secret.of(KEYS))))
        .network(n -> n.plugin("weave").password(Secret.of(MARKER)))
        .registry("registry.lab", r -> r.login("puller", Secret.of(MARKER)).byDefault())
        .services(
            s ->
                s.etcd(o -> o.env("TOKEN=" + MARKER))
                    .kubeApi(o -> o.env("PASSWORD=" + MARKER))
                    .controllerManager(o -> o.env("TOKEN=" + MARKER))
                    .scheduler(o -> o.env("TOKEN=" + MARKER))
                    .kubelet(o -> o.env("HTTPS_PROXY=http://me:" + MARKER + "@proxy:3128"))
                    .kubeProxy(o -> o.env("TOKEN=" + MARKER)))
        .build();
  }

  @Test
  void aPlanShowsNoValueOfAVariableThatTheUserSets(@TempDir Path state) {
    try (ClusterProvisioner rke = ClusterProvisioner.builder().stateDirectory(state).build()) {
      Plan plan = rke.planOffline(spec());
      assertThat(plan.toJson()).contains("HTTPS_PROXY", "PASSWORD").doesNotContain(MARKER);
      assertThat(plan.toJson())
          .contains("/var/lib/kubelet/config.json", "/etc/kubernetes/cloud-config")
          .doesNotContain(MARKER_OF_A_LOGIN);
      assertThat(plan.render()).doesNotContain(MARKER);
      assertThat(plan.toString()).doesNotContain(MARKER);
      ProvisionEvent.Stamp stamp = new ProvisionEvent.Stamp("run", 1, Instant.EPOCH);
      assertThat(new ProvisionEvent.RunStarted(stamp, plan).toString()).doesNotContain(MARKER);
    }
  }

  @Test
  void nothingThatHoldsASecretPrintsIt() {
    Secret secret = Secret.of(MARKER);
    assertThat(
            List.of(
                secret,
                HostFile.file("/etc/kubernetes/ssl/key.pem", 0600, secret),
                new Cluster("c1", URI.create("https://a:6443"), List.of(new NodeName("n")), secret),
                spec(),
                container(MARKER)))
        .noneMatch(holder -> holder.toString().contains(MARKER));
  }

  @Test
  void whatIsWrittenOfContainersHidesTheirVariables() {
    assertThat(ContainerJson.of(container(MARKER))).contains("TOKEN").doesNotContain(MARKER);
    assertThat(ContainerDifference.between(container(MARKER), container("old-" + MARKER)))
        .containsExactly("variable changed: TOKEN");
  }

  @Test
  void aStateThatCannotBeReadIsNotQuoted() {
    assertThatThrownBy(() -> ClusterRecordCodec.read(Secret.of("{\"" + MARKER + "\": ")))
        .satisfies(e -> assertThat(everything(e)).doesNotContain(MARKER));
  }

  private static String everything(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static ContainerSpec container(String token) {
    return ContainerSpec.named("kubelet", IMAGE).env(List.of("TOKEN=" + token)).build();
  }
}
