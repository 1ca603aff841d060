package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rke4j.api.ClusterFile;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Plan;
import io.rke4j.core.QuickProvisioner;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * RKE's own program on simulated hosts. Nobody has to have it: {@code -Drke4j.rke=/path/to/rke}
 * names it where somebody has.
 */
class RkeBinaryTest {

  private static final long PATIENCE_MINUTES = 5;

  /** Pods of a simulated cluster bring no images to its hosts, and our manifests are our own. */
  private static final Pattern ARGUED =
      Pattern.compile("node/pull-.*|network/deploy-network-plugin@.*|addons/deploy-rke-.*");

  private static final List<String> COMPONENTS =
      List.of(
          "etcd",
          "kube-apiserver",
          "kube-controller-manager",
          "kube-scheduler",
          "kubelet",
          "kube-proxy",
          "nginx-proxy",
          "service-sidekick");

  @TempDir private Path folder;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void rkeBuildsAClusterRke4jTakesItOverAndRkeRemovesIt() throws Exception {
    Path rke = binary();
    try (SimulatedFleet fleet = SimulatedFleet.of(3)) {
      Path file = clusterFile(fleet);

      assertThat(run(rke, "up", "--config", file.toString())).contains("Finished building");
      Map<String, String> built = components(fleet);
      assertThat(built).hasSizeGreaterThan(3 * 3);
      assertThat(run(rke, "up", "--config", file.toString())).contains("Finished building");
      assertThat(components(fleet)).isEqualTo(built);

      takenOver(fleet, file);
      assertThat(components(fleet)).isEqualTo(built);

      assertThat(run(rke, "remove", "--force", "--config", file.toString()))
          .contains("Cluster removed successfully");
      assertThat(components(fleet)).isEmpty();
      for (SimulatedHost host : fleet.hosts()) {
        assertThat(host.files().below("/etc/kubernetes")).isEmpty();
        assertThat(host.files().below("/var/lib/etcd")).isEmpty();
      }
    }
  }

  private static Path binary() {
    String path = System.getProperty("rke4j.rke", "");
    assumeTrue(!path.isEmpty(), "no RKE here: -Drke4j.rke=/path/to/rke names one");
    return Path.of(path);
  }

  private Path clusterFile(SimulatedFleet fleet) throws IOException {
    Path key = folder.resolve("key");
    Files.writeString(key, fleet.host(0).privateKey());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    StringBuilder text = new StringBuilder();
    text.append("cluster_name: simulated\nkubernetes_version: v1.20.15-rancher2-1\n");
    text.append("ssh_key_path: " + key + "\nnetwork: {plugin: flannel}\nnodes:\n");
    List<String> roles = List.of("controlplane, etcd", "etcd, worker", "worker");
    for (SimulatedHost host : fleet.hosts()) {
      text.append(
          "- {address: %s, port: \"%d\", user: %s, hostname_override: %s, role: [%s]}\n"
              .formatted(
                  host.address(),
                  host.port(),
                  host.user(),
                  host.name(),
                  roles.get(fleet.hosts().indexOf(host))));
    }
    Path file = folder.resolve("cluster.yml");
    Files.writeString(file, text);
    return file;
  }

  private String run(Path rke, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(rke.toString()));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("rke.log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    String said = Files.readString(log);
    assertThat(ended && process.exitValue() == 0).as("%s", said).isTrue();
    return said;
  }

  private static boolean changesSomething(Decision decision) {
    return !decision.isUpToDate()
        && !(decision instanceof Decision.Change change
            && change.kind() == Decision.Kind.FOLLOW_UP);
  }

  /** The identifiers of containers: a container that was replaced has another one. */
  private static Map<String, String> components(SimulatedFleet fleet) {
    Map<String, String> ids = new TreeMap<>();
    for (SimulatedHost host : fleet.hosts()) {
      host.docker().containers().all().stream()
          .filter(container -> COMPONENTS.contains(container.name()))
          .forEach(it -> ids.put(host.name() + "/" + it.name(), it.id()));
    }
    return ids;
  }

  private void takenOver(SimulatedFleet fleet, Path file) throws Exception {
    ClusterSpec spec = ClusterFile.read(file);
    Path state = folder.resolve("state");
    try (ClusterProvisioner rke4j = QuickProvisioner.builder(fleet).stateDirectory(state).build()) {
      rke4j.takeOver(spec, folder.resolve("cluster.rkestate"));
      Plan plan = rke4j.plan(spec);
      assertThat(plan.steps())
          .filteredOn(step -> changesSomething(step.decision()))
          .extracting(step -> step.id().toString())
          .as("%s", plan.render())
          .allMatch(step -> ARGUED.matcher(step).matches());
      rke4j.apply(plan).await(Duration.ofMinutes(3));
      assertThat(rke4j.plan(spec).isEmpty()).isTrue();
    }
  }
}
