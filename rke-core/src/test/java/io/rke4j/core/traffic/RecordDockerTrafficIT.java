package io.rke4j.core.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.core.ssh.LabHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records what the library and a real Docker Engine say to each other while a cluster of one node
 * is built on a host of the lab and planned again: {@code -Drke4j.record=FILE}. The host must be as
 * new ({@code lab reset}).
 */
class RecordDockerTrafficIT {

  @TempDir private Path folder;

  @Test
  void oneProvisioningIsRecorded() throws Exception {
    String file = System.getProperty("rke4j.record", "");
    assumeTrue(!file.isEmpty(), "-Drke4j.record=FILE says where the recording goes");
    LabHost host = LabHost.first();
    Tape tape = new Tape();
    ClusterSpec spec =
        ClusterSpec.named("recorded")
            .kubernetes("v1.20.15-rancher2-1")
            .network(network -> network.plugin("none"))
            .addons(addons -> addons.withoutDns().withoutMetrics().withoutIngress())
            .node(
                "node1",
                node ->
                    node.address(host.address())
                        .user("root")
                        .sshKey(new SshKey.FromFile(host.key()))
                        .roles(Role.values()))
            .build();
    try (ClusterProvisioner rke =
        ClusterProvisioner.builder()
            .stateDirectory(folder.resolve("state"))
            .hostKeys(new HostKeyPolicy.TrustOnFirstUse(folder.resolve("known_hosts")))
            .runtime(new RecordingRuntime(tape))
            .build()) {
      rke.apply(rke.plan(spec)).await(Duration.ofMinutes(15));
      assertThat(rke.plan(spec).isEmpty()).isTrue();
    } finally {
      Files.writeString(Path.of(file), new Recording(host.address(), tape.exchanges()).text());
    }
  }
}
