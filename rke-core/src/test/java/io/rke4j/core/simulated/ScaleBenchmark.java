package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.event.ProvisionEvent.RunFinished;
import io.rke4j.api.plan.Plan;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import io.rke4j.testkit.TestKeys;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long fleets of several sizes take from nothing to the cluster and to an empty plan, and what
 * they need, as a table on the console. It asserts that they end well, not how fast. Runs with
 * {@code -Pscale}; {@code -Drke4j.hosts=3,3,3} gives other sizes, {@code -Drke4j.roundTrip=0}
 * another distance in milliseconds, {@code -Drke4j.parallel=10} another number of hosts at a time.
 */
class ScaleBenchmark {

  private static final String SIZES = System.getProperty("rke4j.hosts", "10,10,100,1000");
  private static final int ROUND_TRIP_MILLIS = Integer.getInteger("rke4j.roundTrip", 20);
  private static final int PARALLEL = Integer.getInteger("rke4j.parallel", 100);
  private static final Duration PATIENCE = Duration.ofMinutes(60);

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  /** While all hosts are connected. */
  private volatile int handles;

  /** How long something took, by the clock and of all processors. */
  private record Took(Duration time, Duration processors) {
    private static final class Watch {
      private final long start = System.nanoTime();
      private final Duration before = Use.processors();

      Took stop() {
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new Took(time, Use.processors().minus(before));
      }
    }

    @Override
    public String toString() {
      return "%7.1f s %7.1f s".formatted(seconds(time), seconds(processors));
    }
  }

  /** What one fleet needed. */
  private record Row(
      int hosts, Took build, Took secondPlan, int threads, int handles, long peakHeap) {

    double perHost() {
      return seconds(build.processors()) / hosts;
    }

    String text(Row base) {
      return String.format(
          Locale.ROOT,
          "%6d | %s | %s | %7d | %7d | %6d MiB | %6.0f ms | %5.2f",
          hosts,
          build,
          secondPlan,
          threads,
          handles,
          peakHeap >> 20,
          1000 * perHost(),
          perHost() / base.perHost());
    }
  }

  @Test
  void fleetsOfSeveralSizesAreBuilt() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int hosts : Arrays.stream(SIZES.split(",", -1)).mapToInt(Integer::parseInt).toArray()) {
      rows.add(measured(hosts, folder.resolve("fleet-" + rows.size())));
    }
    System.out.printf(
        "%d ms round trip, %d hosts at a time, %d processors%n hosts | built in, processors  |"
            + " second plan, of it    | threads | handles |  peak heap |  per host | ratio%n",
        ROUND_TRIP_MILLIS, PARALLEL, Runtime.getRuntime().availableProcessors());
    rows.forEach(row -> System.out.println(row.text(rows.get(Math.min(1, rows.size() - 1)))));
  }

  private Row measured(int hosts, Path state) throws Exception {
    try (SimulatedFleet fleet =
            SimulatedFleet.builder()
                .hosts(hosts)
                .roundTrip(Duration.ofMillis(ROUND_TRIP_MILLIS))
                .start();
        ClusterProvisioner rke =
            ClusterProvisioner.builder()
                .keys(TestKeys.shared())
                .stateDirectory(state)
                .maxParallelNodes(PARALLEL)
                .on(RunFinished.class, end -> handles = Use.handles().size())
                .hostKeys(new HostKeyPolicy.Pinned(fleet.fingerprints()))
                .build()) {
      ClusterSpec spec = spec(fleet);
      forgetPeaks();
      Took.Watch building = new Took.Watch();
      assertThat(rke.apply(rke.plan(spec)).await(PATIENCE)).isPresent();
      Took built = building.stop();
      Took.Watch planning = new Took.Watch();
      Plan second = rke.plan(spec);
      Took planned = planning.stop();
      assertThat(second.isEmpty()).as("%s", second.render()).isTrue();
      return new Row(hosts, built, planned, threads.getPeakThreadCount(), handles, peakHeap());
    }
  }

  /** Three control planes, as far as there are hosts, and workers. */
  private static ClusterSpec spec(SimulatedFleet fleet) {
    ClusterSpec.Builder spec =
        ClusterSpec.named("scale")
            .kubernetes("v1.20.15-rancher2-1")
            .network(network -> network.plugin("flannel"));
    Role[] plane =
        fleet.hosts().size() > 3 ? new Role[] {Role.ETCD, Role.CONTROL_PLANE} : Role.values();
    int number = 0;
    for (SimulatedHost host : fleet.hosts()) {
      spec.node(host.name(), number++ < 3 ? host.withRoles(plane) : host.withRoles(Role.WORKER));
    }
    return spec.build();
  }

  private void forgetPeaks() {
    threads.resetPeakThreadCount();
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  /** Without a build: {@code java -cp … io.rke4j.core.simulated.ScaleBenchmark}. */
  public static void main(String[] arguments) throws Exception {
    ScaleBenchmark benchmark = new ScaleBenchmark();
    benchmark.folder = Files.createTempDirectory("scale");
    benchmark.fleetsOfSeveralSizesAreBuilt();
  }
}
