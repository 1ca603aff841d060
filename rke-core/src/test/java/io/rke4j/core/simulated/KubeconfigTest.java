package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.core.QuickProvisioner;
import io.rke4j.testkit.SimulatedFleet;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The kubeconfig of a cluster that was just built, in kubectl's hands. Skipped without kubectl. */
@Timeout(240)
class KubeconfigTest {

  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: web, image: "web:1"}]}
      """;

  @TempDir private Path folder;

  @Test
  void kubectlWorksWithTheKubeconfigOfAClusterThatWasBuilt() throws Exception {
    Path kubectl = program();
    try (SimulatedFleet fleet = SimulatedFleet.of(1);
        ClusterProvisioner rke = provisioner(fleet)) {
      ClusterSpec spec =
          ClusterSpec.named("simulated")
              .kubernetes("v1.20.15-rancher2-1")
              .network(network -> network.plugin("flannel"))
              .node("one", fleet.host(0).withRoles(Role.values()))
              .build();
      write(rke.apply(rke.plan(spec)).await(Duration.ofMinutes(3)).orElseThrow());

      assertThat(run(kubectl, "get", "nodes"))
          .containsPattern("one\\s+Ready\\s+controlplane,etcd,worker\\s+\\d+s\\s+v1.20.15");
      Path manifest = Files.writeString(folder.resolve("web.yaml"), WEB);
      assertThat(run(kubectl, "apply", "-f", manifest.toString()))
          .isEqualTo("deployment.apps/web created\n");
      assertThat(
              run(kubectl, "wait", "--for=condition=Available", "deployment/web", "--timeout=30s"))
          .isEqualTo("deployment.apps/web condition met\n");
      assertThat(run(kubectl, "logs", "-n", "kube-system", "job/rke-network-plugin-deploy-job"))
          .contains("daemonset.apps/kube-flannel created");
    }
  }

  private ClusterProvisioner provisioner(SimulatedFleet fleet) {
    return QuickProvisioner.builder(fleet).stateDirectory(folder.resolve("state")).build();
  }

  /** As its owner would: nobody else may read it. */
  private void write(Cluster cluster) throws IOException {
    Path file =
        Files.createFile(
            folder.resolve("kubeconfig"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, cluster.kubeconfig().reveal());
  }

  /** On the path, or where the lab keeps the one that it built. */
  private static Path program() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    String cache =
        Optional.ofNullable(System.getenv("RKE4J_LAB_CACHE"))
            .orElse(System.getProperty("user.home") + "/.cache/rke4j-lab");
    Optional<Path> found =
        Stream.concat(
                Pattern.compile(File.pathSeparator, Pattern.LITERAL).splitAsStream(path),
                Stream.of(cache + "/bin"))
            .map(directory -> Path.of(directory, "kubectl"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "there is no kubectl on this machine");
    return found.orElseThrow();
  }

  private String run(Path kubectl, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(kubectl.toString()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
    // Its cache of what is served must not outlive the cluster.
    builder.environment().put("HOME", folder.toString());
    Process process = builder.redirectOutput(output.toFile()).start();
    boolean ended = process.waitFor(1, TimeUnit.MINUTES);
    process.destroyForcibly();
    String said = Files.readString(output);
    assertThat(ended).as("kubectl %s ends: %s", List.of(arguments), said).isTrue();
    assertThat(process.exitValue()).as("kubectl %s: %s", List.of(arguments), said).isZero();
    return said;
  }
}
