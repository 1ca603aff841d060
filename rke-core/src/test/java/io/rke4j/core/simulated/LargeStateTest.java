package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.event.ProvisionEvent.Warning;
import io.rke4j.api.plan.Plan;
import io.rke4j.core.QuickProvisioner;
import io.rke4j.core.kube.KubeApi;
import io.rke4j.testkit.RecordingListener;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A state of which the cluster itself cannot have a copy. */
@Timeout(120)
class LargeStateTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String ENCRYPTION =
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: EncryptionConfiguration
      resources:
      - resources: [secrets]
        providers:
        - identity: {}
      """;

  @TempDir private Path folder;

  @Test
  void aRunDoesNotFailForItAndSaysWhereTheStateIsNot() throws Exception {
    RecordingListener seen = new RecordingListener();
    try (SimulatedFleet fleet = SimulatedFleet.of(1);
        ClusterProvisioner rke =
            QuickProvisioner.builder(fleet).stateDirectory(folder).listener(seen).build()) {
      ClusterSpec spec = spec(fleet.host(0), 1 << 20);
      Cluster cluster = rke.apply(rke.plan(spec)).await(PATIENCE).orElseThrow();

      assertThat(seen.events(Warning.class))
          .extracting(Warning::text)
          .anyMatch(text -> text.contains("no more than 1048576"));
      try (KubeApi api = KubeApi.open(cluster.kubeconfig())) {
        assertThat(api.savedState().read().orElseThrow().reveal())
            .contains("there is no copy of it in the cluster");
      }
      Plan second = rke.plan(spec);
      assertThat(second.isEmpty()).as("%s", second.render()).isTrue();
    }
  }

  /** How Secrets are encrypted is part of the state, remarks included. */
  private static ClusterSpec spec(SimulatedHost host, int remark) {
    return ClusterSpec.named("large")
        .kubernetes("v1.20.15-rancher2-1")
        .network(n -> n.plugin("flannel"))
        .addons(a -> a.withoutDns().withoutIngress().withoutMetrics())
        .services(
            s ->
                s.apiServer(
                    a -> a.encryptSecrets(Secret.of(ENCRYPTION + "#" + "x".repeat(remark) + "\n"))))
        .node(host.name(), host.withRoles(Role.values()))
        .build();
  }
}
