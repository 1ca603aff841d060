package io.rke4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.RolloutBuilder;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.builtin.ExistingMachines;
import io.rke4j.core.builtin.state.DirectoryStateStore;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.Step;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.state.ClusterMemory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which nodes of a cluster that runs wait for which. The workers come first in the file. */
class RolloutOrderTest {

  @TempDir private Path folder;

  @Test
  void workersChangeInBatchesAndTheNextWaitsForTheWholeOneBefore() {
    Order order = established(r -> r.workers("2"));

    assertThat(order.before("run-kubelet@w-2")).doesNotContain("run-kubelet@w-1");
    assertThat(order.before("run-kubelet@w-3"))
        .contains("uncordon-node@w-1", "uncordon-node@w-2")
        .doesNotContain("uncordon-node@w-4");
    assertThat(order.before("run-nginx-proxy@w-3"))
        .contains("uncordon-node@w-1", "uncordon-node@w-2");
    assertThat(order.before("cordon-node@w-5")).contains("uncordon-node@w-3", "uncordon-node@w-4");
  }

  @Test
  void aShareIsOneOfAllWorkers() {
    assertThat(established(r -> r.workers("40%")).before("run-kubelet@w-2"))
        .doesNotContain("uncordon-node@w-1");
    assertThat(established(r -> r.workers("39%")).before("run-kubelet@w-2"))
        .contains("uncordon-node@w-1");
    assertThat(established(r -> {}).before("run-kubelet@w-2")).contains("uncordon-node@w-1");
  }

  @Test
  void theControlPlaneComesFirstThenEtcdOneByOne() {
    Order order = established(r -> r.workers("100%").controlPlane("2"));

    assertThat(order.before("run-kube-apiserver@c-2")).doesNotContain("await-kube-apiserver@c-1");
    assertThat(order.before("run-kube-apiserver@c-3"))
        .contains("await-kube-scheduler@c-1", "await-kube-scheduler@c-2");
    assertThat(order.before("run-kubelet@c-1"))
        .contains("await-kube-apiserver@c-1", "await-kube-apiserver@c-3");
    assertThat(order.before("run-kubelet@c-2")).doesNotContain("uncordon-node@c-1");
    assertThat(order.before("cordon-node@e-1")).contains("uncordon-node@c-3");
    assertThat(order.before("cordon-node@e-2")).contains("uncordon-node@e-1");
    assertThat(order.before("cordon-node@w-1")).contains("uncordon-node@e-2");
  }

  @Test
  void podsLeaveBeforeAnythingIsReplacedIfTheyAreTo() {
    Order order = established(RolloutBuilder::drain);

    for (String step : List.of("run-kubelet@w-1", "run-nginx-proxy@w-1", "run-kube-proxy@w-1")) {
      assertThat(order.before(step)).contains("drain-node@w-1", "cordon-node@w-1");
    }
    assertThat(order.before("uncordon-node@w-1"))
        .contains("await-kubelet@w-1", "await-kube-proxy@w-1", "sync-node@w-1");
    assertThat(established(r -> {}).steps()).noneMatch(step -> step.startsWith("drain-node"));
  }

  @Test
  void inANewClusterNobodyWaitsForOtherNodes() {
    Order order = order(cluster(r -> r.workers("1").drain()), Workplaces::of);

    assertThat(order.steps()).noneMatch(step -> step.matches("(un)?cordon-node.*|drain-node.*"));
    assertThat(order.before("run-kubelet@w-5")).doesNotContain("run-kubelet@w-1");
  }

  private Order established(Consumer<RolloutBuilder> rollout) {
    Resolved cluster = cluster(rollout);
    ClusterMemory memory =
        new ClusterMemory(DirectoryStateStore.at(folder.resolve("s")), "c1", Clock.systemUTC());
    memory.remember(cluster, CertificateBundle.EMPTY);
    memory.finish(cluster, Set.of());
    return order(cluster, wanted -> Workplaces.of(wanted, memory));
  }

  private static Resolved cluster(Consumer<RolloutBuilder> rollout) {
    ClusterSpec.Builder spec =
        ClusterSpec.named("c1").kubernetes("v1.20.15-rancher2-1").rollout(rollout);
    nodes(spec, "w", 5, Role.WORKER);
    nodes(spec, "e", 2, Role.ETCD);
    nodes(spec, "c", 3, Role.CONTROL_PLANE);
    return Resolution.of(spec.build(), new ExistingMachines());
  }

  private static void nodes(ClusterSpec.Builder spec, String prefix, int count, Role role) {
    String host = prefix + "%d.example.com";
    AtomicInteger number = new AtomicInteger();
    spec.nodes(
        prefix,
        count,
        n -> n.address(host.formatted(number.incrementAndGet())).user("rke").roles(role));
  }

  private static Order order(Resolved cluster, Function<Resolved, Workplace> at) {
    try (Workplace place = at.apply(cluster)) {
      return Order.of(ProvisionSequence.steps(cluster, place));
    }
  }

  private record Order(Map<String, Set<String>> after) {

    static Order of(List<Step> steps) {
      return new Order(
          steps.stream()
              .collect(
                  Collectors.toMap(
                      step -> name(step.id()),
                      step -> step.after().stream().map(Order::name).collect(Collectors.toSet()))));
    }

    private static String name(StepId id) {
      return id.action() + "@" + id.target();
    }

    Set<String> steps() {
      return after.keySet();
    }

    /** All that is done before a step begins. */
    Set<String> before(String step) {
      assertThat(after).containsKey(step);
      Set<String> all = new HashSet<>();
      Deque<String> open = new ArrayDeque<>(Set.of(step));
      while (!open.isEmpty()) {
        for (String earlier : after.getOrDefault(open.remove(), Set.of())) {
          if (all.add(earlier)) {
            open.add(earlier);
          }
        }
      }
      return all;
    }
  }
}
