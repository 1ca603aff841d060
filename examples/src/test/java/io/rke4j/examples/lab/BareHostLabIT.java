package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.StepFailedException;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.DockerBuilder;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.Plan;
import io.rke4j.testkit.RecordingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster on a host that has Linux and an SSH server, and nothing else. */
class BareHostLabIT {

  @TempDir private Path folder;
  private final RecordingListener recorder = new RecordingListener();
  private BareHost bare;
  private ClusterProvisioner provisioner;

  @BeforeEach
  void open() throws IOException {
    bare = BareHost.start(folder);
    provisioner =
        ClusterProvisioner.builder()
            .stateDirectory(folder.resolve("state"))
            .hostKeys(new HostKeyPolicy.KnownHosts(bare.knownHosts()))
            .listener(recorder)
            .build();
  }

  @AfterEach
  void close() {
    provisioner.close();
    bare.close();
  }

  private ClusterSpec spec(Consumer<DockerBuilder> docker) {
    return ClusterSpec.named("bare")
        .kubernetes("v1.20.15-rancher2-1")
        .node(
            "bare-1",
            n ->
                n.address(bare.host().address())
                    .user("root")
                    .sshKey(bare.key())
                    .roles(Role.CONTROL_PLANE, Role.ETCD, Role.WORKER))
        .network(n -> n.plugin("flannel"))
        .addons(a -> a.withoutIngress().withoutMetrics())
        .docker(docker)
        .build();
  }

  @Test
  void dockerIsInstalledSetUpWithTlsAndTheClusterBuiltOnIt() throws Exception {
    Path certificates = folder.resolve("docker-certs");
    ClusterSpec spec = spec(d -> bare.asInTheLab(d.install("20.10").tls(certificates)));
    Plan plan = provisioner.plan(spec);
    assertThat(plan.render())
        .contains("install docker.io 20.10 from the distribution", "once Docker is installed");
    assertThat(has("dockerd")).isFalse();
    assertThat(certificates).doesNotExist();

    Cluster cluster = apply(plan);

    Kubectl.of(cluster, folder).awaitNodesReady(1);
    assertThat(client(certificates).output()).startsWith("20.10.");
    assertThat(client(folder).run().exitCode()).as("without a certificate").isNotZero();
    assertThat(bare.host().shell("stat -c '%a %U' /etc/docker/server-key.pem").strip())
        .isEqualTo("600 root");
    LabCluster.assertEmpty(provisioner.plan(spec));
    recorder.assertWellFormed();
    for (Path key : List.of(certificates.resolve("ca-key.pem"), certificates.resolve("key.pem"))) {
      assertThat(recorder.text() + plan.render()).doesNotContain(Files.readAllLines(key).get(1));
    }

    bare.host().shell("rm /etc/docker/server.pem");
    Plan mending = provisioner.plan(spec);
    assertThat(mending.steps())
        .filteredOn(step -> !step.decision().isUpToDate())
        .extracting(step -> step.id().action())
        .containsExactly("configure-docker");
    apply(mending);
    assertThat(client(certificates).output()).startsWith("20.10.");
    LabCluster.assertEmpty(provisioner.plan(spec));
  }

  @Test
  void aScriptThatIsNotTheOneThatWasMeantIsNotRun() throws Exception {
    Path script = folder.resolve("install.sh");
    Files.writeString(script, "touch /was-run\n");
    try (ScriptServer server = ScriptServer.of(script, "172.17.0.1")) {
      Plan plan =
          provisioner.plan(
              spec(d -> bare.asInTheLab(d.installScript(server.url(), "ab".repeat(32)))));

      StepFailedException failed =
          catchThrowableOfType(StepFailedException.class, () -> apply(plan));

      assertThat(failed.failures().keySet())
          .extracting(step -> step.phase() + " " + step.action())
          .containsExactly(Phase.MACHINE + " install-docker");
      assertThat(failed).hasMessageContaining("another checksum than was given");
      assertThat(server.requests()).isEqualTo(1);
      assertThat(bare.host().shell("ls /")).doesNotContain("was-run");
    }
  }

  private boolean has(String program) {
    return bare.host().command("command -v " + program).run().exitCode() == 0;
  }

  private Command client(Path certificates) {
    return Command.of("docker", "--host", "tcp://" + bare.host().address() + ":2376", "--tlsverify")
        .and("--tlscacert", folder.resolve("docker-certs/ca.pem").toString())
        .and("--tlscert", certificates.resolve("cert.pem").toString())
        .and("--tlskey", certificates.resolve("key.pem").toString())
        .and("version", "--format", "{{.Server.Version}}");
  }

  private Cluster apply(Plan plan) throws Exception {
    return provisioner.apply(plan).await(Duration.ofMinutes(10)).orElseThrow();
  }
}
