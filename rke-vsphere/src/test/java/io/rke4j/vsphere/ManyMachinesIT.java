package io.rke4j.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NodePool;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.spi.node.Machine;
import io.rke4j.vsphere.internal.vim.Kind;
import io.rke4j.vsphere.internal.vim.VCenter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole pool at once, ten machines at a time; with {@code -Drke4j.machines=200} a large one. */
class ManyMachinesIT {

  private static final int SIZE = Integer.getInteger("rke4j.machines", 12);
  private static final int AT_A_TIME = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void aPoolIsMadeAndGoesManyMachinesAtATime() throws Exception {
    List<NodeSpec> nodes =
        ClusterSpec.named("demo")
            .kubernetes("v1.20.15-rancher2-1")
            .pool(NodePool.of("w", SIZE, 2, "4Gi", "20Gi", Role.values()))
            .build()
            .nodes();
    ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
    try (Simulator simulator = Simulator.start(folder);
        VCenter center = VsphereDriver.open(simulator.connection());
        VsphereDriver driver = VsphereDriver.connect(simulator.settings())) {
      int before = center.vim().items(center.vim().root(), Kind.MACHINE).size();
      AtomicInteger busy = new AtomicInteger();
      Set<Integer> seenBusy = ConcurrentHashMap.newKeySet();

      List<Machine> made =
          all(
              threads,
              nodes.stream()
                  .<Callable<Machine>>map(
                      node ->
                          () -> {
                            seenBusy.add(busy.incrementAndGet());
                            try {
                              return driver.create(node, context());
                            } finally {
                              busy.decrementAndGet();
                            }
                          }));

      assertThat(made).extracting(Machine::name).doesNotHaveDuplicates().hasSize(SIZE);
      assertThat(made).extracting(Machine::hostKeys).doesNotHaveDuplicates();
      assertThat(seenBusy).contains(AT_A_TIME);
      assertThat(nodes).allSatisfy(node -> assertThat(driver.find(node)).isPresent());
      assertThat(center.vim().items(center.vim().root(), Kind.MACHINE)).hasSize(before + SIZE);

      all(
          threads,
          nodes.stream()
              .<Callable<Boolean>>map(
                  node ->
                      () -> {
                        driver.destroy(node, context());
                        return true;
                      }));
      assertThat(center.vim().items(center.vim().root(), Kind.MACHINE)).hasSize(before);
      assertThat(simulator.seeds()).isEmpty();
    } finally {
      threads.shutdownNow();
    }
  }

  private static RunContext context() {
    return new RunContext(PATIENCE, what -> {});
  }

  private static <T> List<T> all(ExecutorService threads, Stream<Callable<T>> work)
      throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> one : threads.invokeAll(work.toList())) {
      results.add(one.get());
    }
    return results;
  }
}
