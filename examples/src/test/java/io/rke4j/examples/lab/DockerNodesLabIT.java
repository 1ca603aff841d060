package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.Plan;
import io.rke4j.testkit.RecordingListener;
import io.rke4j.testkit.docker.DockerHosts;
import io.rke4j.testkit.docker.DockerNodeDriver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose machines are made in the run that builds it. */
class DockerNodesLabIT {

  @TempDir private Path folder;
  private final RecordingListener recorder = new RecordingListener();
  private DockerNodeDriver driver;
  private ClusterProvisioner provisioner;

  @BeforeEach
  void open() {
    Lab lab = Lab.withFreshHosts(1);
    DockerHosts hosts =
        DockerHosts.in(lab.network()).named("rke4j-made-").mirroredBy(lab.registryMirror());
    driver = new DockerNodeDriver(hosts, folder.resolve("key"));
    provisioner =
        ClusterProvisioner.builder()
            .stateDirectory(folder.resolve("state"))
            .nodeDriver(driver)
            .hostKeys(new HostKeyPolicy.KnownHosts(folder.resolve("nobody-is-known")))
            .listener(recorder)
            .build();
  }

  @AfterEach
  void close() {
    provisioner.close();
    Command.of("docker", "rm", "--force", "--volumes", "rke4j-made-cp", "rke4j-made-worker").run();
  }

  private static ClusterSpec spec() {
    return ClusterSpec.named("made")
        .kubernetes("v1.20.15-rancher2-1")
        .node("cp", n -> n.machine(2, "2Gi", "20Gi").roles(Role.CONTROL_PLANE, Role.ETCD))
        .node("worker", n -> n.machine(1, "2Gi", "20Gi").roles(Role.WORKER))
        .network(n -> n.plugin("flannel"))
        .addons(a -> a.withoutIngress().withoutMetrics())
        .build();
  }

  @Test
  void machinesAreMadeTheClusterIsBuiltOnThemAndTheyGoWithIt() throws Exception {
    Plan plan = provisioner.plan(spec());
    assertThat(plan.render()).contains("machine/create-machine@cp", "once its machine is ready");
    assertThat(containers()).isEmpty();

    Cluster cluster = apply(plan).orElseThrow();

    assertThat(containers()).contains("rke4j-made-cp", "rke4j-made-worker");
    Kubectl kubectl = Kubectl.of(cluster, folder);
    kubectl.awaitNodesReady(2);
    LabCluster.assertEmpty(provisioner.plan(spec()));

    Plan removal = provisioner.planRemoval(spec());
    assertThat(removal.steps()).filteredOn(step -> step.id().phase() == Phase.MACHINE).hasSize(2);
    assertThat(apply(removal)).isEmpty();
    assertThat(containers()).isEmpty();
    recorder.assertWellFormed();
  }

  private Optional<Cluster> apply(Plan plan) throws Exception {
    return provisioner.apply(plan).await(Duration.ofMinutes(10));
  }

  private static String containers() {
    return Command.of(
            "docker", "ps", "--all", "--filter", "name=rke4j-made-", "--format", "{{.Names}}")
        .output()
        .strip();
  }
}
