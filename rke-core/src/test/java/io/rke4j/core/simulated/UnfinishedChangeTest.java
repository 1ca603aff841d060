package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.Addon;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NodeBuilder;
import io.rke4j.api.cluster.NodePool;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.event.ProvisionEvent.StepSucceeded;
import io.rke4j.api.plan.Plan;
import io.rke4j.core.QuickProvisioner;
import io.rke4j.testkit.RecordingListener;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import io.rke4j.testkit.container.Container;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever thinks better of a change that did not come to its end gets rid of what it has made. */
@Timeout(300)
class UnfinishedChangeTest {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String MANIFEST =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra, namespace: default}\n";

  @TempDir private Path folder;

  @Test
  void machinesLabelsAndAddonsGoAlthoughNoRunHasRecordedThem() throws Exception {
    RecordingListener seen = new RecordingListener();
    try (SimulatedFleet fleet = SimulatedFleet.of(3);
        ClusterProvisioner rke = provisioner(fleet, new FleetDriver(fleet), seen)) {
      rke.apply(rke.plan(spec(1, false))).await(PATIENCE);
      ClusterSpec more = spec(2, true);

      interruptAfter("deploy-extra", rke, more, seen);
      Plan back = rke.plan(spec(1, false));

      assertThat(back.render())
          .contains("worker-plane/retire-machine@w-2")
          .contains("addons/remove-extra", "remove label zone");
      rke.apply(back).await(PATIENCE);
      assertNothingIsLeft(rke, spec(1, false));
    }
  }

  @Test
  void aWorkerThatHasLeftAndIsWantedAgainComesAsANewOne() throws Exception {
    RecordingListener seen = new RecordingListener();
    try (SimulatedFleet fleet = SimulatedFleet.of(4);
        ClusterProvisioner rke = provisioner(fleet, new FleetDriver(fleet), seen)) {
      rke.apply(rke.plan(spec(2, false))).await(PATIENCE);

      interruptAfter("retire-machine", rke, spec(1, false), seen);
      Plan back = rke.plan(spec(2, false));

      assertThat(back.render()).contains("machine/create-machine@w-2");
      rke.apply(back).await(PATIENCE);
      assertNothingIsLeft(rke, spec(2, false));
    }
  }

  @Test
  void machinesOfAFirstRunThatFailedAreDestroyedWhenTheyAreTakenOut() throws Exception {
    RecordingListener seen = new RecordingListener();
    try (SimulatedFleet fleet = SimulatedFleet.of(3)) {
      FleetDriver driver = new FleetDriver(fleet);
      try (ClusterProvisioner rke = provisioner(fleet, driver, seen)) {
        interruptAfter("create-machine", rke, spec(2, false), seen);
        List<String> made = List.copyOf(driver.calls());
        assertThat(rke.find(spec(2, false))).as("what has no keys is no cluster").isEmpty();

        rke.apply(rke.planRemoval(spec(1, false))).await(PATIENCE);

        assertThat(driver.calls().stream().filter(call -> call.startsWith("-")))
            .containsExactlyInAnyOrderElementsOf(
                made.stream().map(call -> call.replace('+', '-')).toList());
      }
    }
  }

  @Test
  void anEtcdThatHasBegunWithOthersIsNotSplitInTwo() throws Exception {
    try (Trial trial = new Trial(2, folder)) {
      ClusterSpec both = trial.spec();
      ClusterSpec first = etcdOn(trial, trial.host().name());
      RecordingListener seen = new RecordingListener();
      try (ClusterProvisioner rke =
          QuickProvisioner.builder(trial.fleet())
              .stateDirectory(folder.resolve("of-its-own"))
              .listener(seen)
              .build()) {
        interruptAfter("run-etcd", rke, first, seen);

        assertThatThrownBy(() -> rke.plan(both))
            .hasMessageContaining("was begun with the members https://")
            .hasMessageContaining("by a run that did not come to its end");
        rke.apply(rke.plan(first)).await(PATIENCE);
      }
    }
  }

  @Test
  void whoWasToBeOfTheControlPlaneAndIsAWorkerNowRunsNothingOfIt() throws Exception {
    RecordingListener seen = new RecordingListener();
    try (SimulatedFleet fleet = SimulatedFleet.of(2);
        ClusterProvisioner rke =
            QuickProvisioner.builder(fleet).stateDirectory(folder).listener(seen).build()) {
      ClusterSpec before = second(fleet, Role.CONTROL_PLANE, Role.WORKER);
      interruptAfter("sync-node", rke, before, seen);
      SimulatedHost former = fleet.host(1);
      assertThat(former.docker().containers().find("kube-apiserver")).isPresent();

      ClusterSpec wanted = second(fleet, Role.WORKER);
      Plan plan = rke.plan(wanted);
      assertThat(plan.render()).contains("remove kube-apiserver");
      rke.apply(plan).await(PATIENCE);

      assertThat(former.docker().containers().all())
          .extracting(Container::name)
          .contains("nginx-proxy", "kubelet")
          .doesNotContain("kube-apiserver", "kube-controller-manager", "kube-scheduler");
      assertNothingIsLeft(rke, wanted);
    }
  }

  @Test
  void whoWasToBeAWorkerAndIsOfTheControlPlaneNowNeedsNoProxy() throws Exception {
    RecordingListener seen = new RecordingListener();
    try (SimulatedFleet fleet = SimulatedFleet.of(2);
        ClusterProvisioner rke =
            QuickProvisioner.builder(fleet).stateDirectory(folder).listener(seen).build()) {
      interruptAfter("run-nginx-proxy", rke, second(fleet, Role.WORKER), seen);
      SimulatedHost former = fleet.host(1);
      assertThat(former.docker().containers().find("nginx-proxy")).isPresent();

      ClusterSpec wanted = second(fleet, Role.CONTROL_PLANE, Role.WORKER);
      Plan plan = rke.plan(wanted);
      assertThat(plan.render()).contains("remove nginx-proxy");
      rke.apply(plan).await(PATIENCE);

      assertThat(former.docker().containers().all())
          .extracting(Container::name)
          .contains("kube-apiserver", "kubelet")
          .doesNotContain("nginx-proxy");
      assertNothingIsLeft(rke, wanted);
    }
  }

  @Test
  void aNewcomerToAFinishedClusterMayGetOtherRolesUntilItIsPartOfIt() throws Exception {
    RecordingListener seen = new RecordingListener();
    try (SimulatedFleet fleet = SimulatedFleet.of(2);
        ClusterProvisioner rke =
            QuickProvisioner.builder(fleet).stateDirectory(folder).listener(seen).build()) {
      rke.apply(rke.plan(second(fleet))).await(PATIENCE);
      ClusterSpec worker = second(fleet, Role.WORKER);

      interruptAfter("run-nginx-proxy", rke, worker, seen);
      interruptAfter("run-kube-apiserver", rke, second(fleet, Role.CONTROL_PLANE), seen);
      rke.apply(rke.plan(worker)).await(PATIENCE);

      assertThat(fleet.host(1).docker().containers().all())
          .extracting(Container::name)
          .contains("nginx-proxy", "kubelet")
          .doesNotContain("kube-apiserver", "kube-controller-manager", "kube-scheduler");
      assertNothingIsLeft(rke, worker);
    }
  }

  private static void assertNothingIsLeft(ClusterProvisioner rke, ClusterSpec spec) {
    Plan left = rke.plan(spec);
    assertThat(left.isEmpty()).as("%s", left.render()).isTrue();
  }

  /** Without roles, the second host is not part of it yet. */
  private static ClusterSpec second(SimulatedFleet fleet, Role... roles) {
    ClusterSpec.Builder spec =
        ClusterSpec.named("simulated")
            .kubernetes("v1.20.15-rancher2-1")
            .network(n -> n.plugin("flannel"))
            .node(fleet.host(0).name(), fleet.host(0).withRoles(Role.values()));
    return roles.length == 0
        ? spec.build()
        : spec.node(fleet.host(1).name(), fleet.host(1).withRoles(roles)).build();
  }

  private static ClusterSpec etcdOn(Trial trial, String member) {
    ClusterSpec.Builder spec =
        ClusterSpec.named("simulated")
            .kubernetes("v1.20.15-rancher2-1")
            .network(n -> n.plugin("flannel"));
    for (SimulatedHost host : trial.fleet().hosts()) {
      spec.node(
          host.name(),
          host.name().equals(member)
              ? host.withRoles(Role.values())
              : host.withRoles(Role.CONTROL_PLANE, Role.WORKER));
    }
    return spec.build();
  }

  private ClusterProvisioner provisioner(
      SimulatedFleet fleet, FleetDriver driver, RecordingListener seen) {
    return QuickProvisioner.builder(fleet)
        .nodeDriver(driver)
        .stateDirectory(folder.resolve("state"))
        .listener(seen)
        .build();
  }

  private static void interruptAfter(
      String action, ClusterProvisioner rke, ClusterSpec spec, RecordingListener seen)
      throws Exception {
    Interruption.at(
        event -> event instanceof StepSucceeded it && it.step().action().equals(action),
        rke,
        spec,
        seen);
  }

  private static ClusterSpec spec(int workers, boolean more) {
    ClusterSpec.Builder spec =
        ClusterSpec.named("pool")
            .kubernetes("v1.20.15-rancher2-1")
            .addons(a -> a.withoutDns().withoutIngress().withoutMetrics())
            .network(n -> n.plugin("flannel"))
            .node("cp", more ? n -> master(n).label("zone", "a") : n -> master(n))
            .pool(NodePool.of("w", workers, 2, "4Gi", "20Gi", Role.WORKER));
    return more ? spec.addon(Addon.inline("extra", MANIFEST)).build() : spec.build();
  }

  private static NodeBuilder master(NodeBuilder node) {
    return node.machine(2, "4Gi", "20Gi").roles(Role.ETCD, Role.CONTROL_PLANE);
  }
}
