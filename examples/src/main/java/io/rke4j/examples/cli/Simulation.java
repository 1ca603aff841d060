package io.rke4j.examples.cli;

import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.error.RkeException;
import io.rke4j.api.plan.Plan;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Builds a cluster of three nodes on hosts that exist in this process only, so that one sees what
 * the library does before one has hosts. They speak real SSH and Docker's and Kubernetes' APIs;
 * nothing is ever run on this machine, and nothing is left of it.
 */
public final class Simulation {

  private static final int NODES = 3;
  private static final Duration LONGEST_RUN = Duration.ofMinutes(5);

  private Simulation() {}

  /** Exit codes: 0 done, 1 failed. */
  public static void main(String[] words) throws IOException {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
      System.err.println(
          "Simulated hosts have addresses of 127.0.0.0/8, which only Linux has all of: run this on"
              + " Linux, in WSL, or in a container.");
      System.exit(1);
    }
    Path folder = Files.createTempDirectory("rke4j-simulation");
    int code;
    try {
      run(folder, System.out);
      code = 0;
    } catch (RkeException | TimeoutException e) {
      System.err.println(e.getMessage());
      code = 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      code = 1;
    } finally {
      delete(folder);
    }
    System.exit(code);
  }

  /** Shows it all, and keeps the state in a folder. */
  static void run(Path folder, PrintStream out) throws InterruptedException, TimeoutException {
    out.println(NODES + " simulated hosts, in this process alone:");
    try (SimulatedFleet fleet = SimulatedFleet.builder().hosts(NODES).named("node-").start();
        ProgressDisplay progress = ProgressDisplay.to(out);
        ClusterProvisioner rke =
            ClusterProvisioner.builder()
                .stateDirectory(folder)
                .hostKeys(new HostKeyPolicy.Pinned(fleet.fingerprints()))
                .listener(progress)
                .build()) {
      fleet.hosts().forEach(host -> out.println("  " + host));
      ClusterSpec spec = spec(fleet);
      Plan plan = rke.plan(spec);
      out.println("the plan: " + lastLine(plan));
      Cluster cluster = rke.apply(plan).await(LONGEST_RUN).orElseThrow();
      progress.printSummary();
      out.println(
          "cluster '"
              + cluster.name()
              + "' was up at "
              + cluster.endpoint()
              + ", "
              + nodes(cluster));
      out.println("a second plan: " + lastLine(rke.plan(spec)));
    }
    out.println("All of it is gone again. The same on real hosts: examples/quickstart --real");
  }

  private static ClusterSpec spec(SimulatedFleet fleet) {
    ClusterSpec.Builder spec = ClusterSpec.named("quickstart").kubernetes("v1.20.15-rancher2-1");
    List<SimulatedHost> hosts = fleet.hosts();
    spec.node(hosts.get(0).name(), hosts.get(0).withRoles(Role.CONTROL_PLANE, Role.ETCD));
    hosts.subList(1, NODES).forEach(host -> spec.node(host.name(), host.withRoles(Role.WORKER)));
    return spec.build();
  }

  private static String lastLine(Plan plan) {
    return plan.render().lines().reduce("", (before, line) -> line);
  }

  private static String nodes(Cluster cluster) {
    return cluster.nodes().size() + " nodes";
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
