package io.rke4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.Provisioning;
import io.rke4j.api.StepFailedException;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.PlannedStep;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.node.LoginRejectedException;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeDriver;
import io.rke4j.testkit.RecordingListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MadeMachinesTest {

  private static final ClusterSpec SPEC =
      ClusterSpec.named("c1")
          .kubernetes("v1.20.15-rancher2-1")
          .network(n -> n.plugin("flannel"))
          .node(
              "cp",
              n -> n.machine(2, "4Gi", "20Gi").roles(Role.CONTROL_PLANE, Role.ETCD, Role.WORKER))
          .node("w", n -> n.machine(1, "2Gi", "20Gi").roles(Role.WORKER))
          .build();

  @TempDir private Path folder;
  private final Machines machines = new Machines();
  private final RecordingListener seen = new RecordingListener();
  private ClusterProvisioner provisioner;

  @BeforeEach
  void open() {
    provisioner =
        ClusterProvisioner.builder()
            .stateDirectory(folder.resolve("state"))
            .nodeDriver(machines)
            .listener(seen)
            .build();
  }

  @AfterEach
  void close() {
    provisioner.close();
  }

  @Test
  void aPlanShowsMachinesToMakeAndWhatWillHappenOnThemAndMakesNone() {
    Plan plan = provisioner.plan(SPEC);

    assertThat(plan.steps())
        .filteredOn(step -> step.id().phase() == Phase.MACHINE)
        .extracting(step -> step.id() + " " + step.decision().getClass().getSimpleName())
        .containsExactly("machine/create-machine@cp Change", "machine/create-machine@w Change");
    assertThat(decision(plan, "run-etcd@cp"))
        .isInstanceOfSatisfying(
            Decision.Deferred.class,
            deferred -> assertThat(deferred.until()).isEqualTo("once its machine is ready"));
    assertThat(plan.render()).contains("create a machine for roles [WORKER]", "<address of cp>");
    assertThat(machines.made).isEmpty();
  }

  @Test
  void machinesAreMadeBeforeAnythingElseHappens() throws Exception {
    assertThatThrownBy(() -> apply(provisioner.plan(SPEC)))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e ->
                assertThat(e.failures().keySet())
                    .allSatisfy(step -> assertThat(step.phase()).isEqualTo(Phase.NODE)));

    assertThat(machines.made.keySet())
        .containsExactlyInAnyOrder(NodeName.of("cp"), NodeName.of("w"));
    assertThat(phases()).startsWith("+MACHINE", "-MACHINE").contains("+NODE");
    seen.assertWellFormed();
  }

  @Test
  void aRunAfterAFailureUsesTheMachinesThatAreThere() {
    machines.create(SPEC.nodes().get(0));
    machines.create(SPEC.nodes().get(1));

    assertThatThrownBy(() -> provisioner.plan(SPEC))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e ->
                assertThat(e.failures().values())
                    .hasOnlyElementsOfType(LoginRejectedException.class));
  }

  @Test
  void aMachineThatIsNotThereIsNothingToRemove() throws Exception {
    Plan removal = provisioner.planRemoval(SPEC);

    assertThat(removal.steps()).noneMatch(step -> step.id().phase() == Phase.ETCD);
    assertThat(apply(removal)).isEmpty();
    seen.assertWellFormed();
  }

  @Test
  void whatACreationThatFailedHasLeftGoesWithTheCluster() throws Exception {
    machines.half.add(NodeName.of("w"));
    Plan removal = provisioner.planRemoval(SPEC);

    assertThat(decision(removal, "destroy-machine@w").isUpToDate()).isFalse();
    assertThat(decision(removal, "destroy-machine@cp").isUpToDate()).isTrue();
    assertThat(apply(removal)).isEmpty();
    assertThat(machines.half).isEmpty();
  }

  @Test
  void hostsThatAreThereDoNotConcernTheDriver() {
    ClusterSpec mixed =
        ClusterSpec.named("c1")
            .kubernetes("v1.20.15-rancher2-1")
            .node("cp", n -> n.machine(2, "4Gi", "20Gi").roles(Role.CONTROL_PLANE, Role.ETCD))
            .node("w", n -> n.address("192.0.2.1").user("rke").roles(Role.WORKER))
            .build();

    assertThat(provisioner.planOffline(mixed).steps())
        .filteredOn(step -> step.id().phase() == Phase.MACHINE)
        .extracting(step -> step.id().target())
        .containsExactly("cp");
    assertThat(machines.asked).containsOnlyKeys(NodeName.of("cp"));
  }

  private Optional<?> apply(Plan plan) throws Exception {
    Provisioning run = provisioner.apply(plan);
    return run.await(Duration.ofSeconds(50));
  }

  private static Decision decision(Plan plan, String end) {
    return plan.steps().stream()
        .filter(step -> step.id().toString().endsWith(end))
        .findFirst()
        .map(PlannedStep::decision)
        .orElseThrow();
  }

  private List<String> phases() {
    return seen.events(ProvisionEvent.class).stream()
        .map(
            event ->
                event instanceof ProvisionEvent.PhaseStarted begin
                    ? "+" + begin.phase()
                    : event instanceof ProvisionEvent.PhaseFinished end ? "-" + end.phase() : "")
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** Makes machines that nobody can log in to. */
  private static final class Machines implements NodeDriver {

    private final Map<NodeName, Machine> made = new ConcurrentHashMap<>();
    private final Set<NodeName> half = ConcurrentHashMap.newKeySet();
    private final Map<NodeName, NodeSpec> asked = new ConcurrentHashMap<>();
    private final int port = closedPort();

    private static int closedPort() {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public List<SpecProblem> check(NodeSpec node) {
      asked.put(node.name(), node);
      return List.of();
    }

    @Override
    public Optional<Machine> find(NodeSpec node) {
      return Optional.ofNullable(made.get(node.name()));
    }

    @Override
    public boolean exists(NodeSpec node) {
      return half.contains(node.name()) || find(node).isPresent();
    }

    void create(NodeSpec node) {
      SshAccess access = new SshAccess("rke", port, new SshKey.Inline(Secret.of("no key")));
      made.put(
          node.name(),
          new Machine(node.name(), "127.0.0.1", "127.0.0.1", access, "/var/run/docker.sock"));
    }

    @Override
    public Machine create(NodeSpec node, OperationContext context) {
      create(node);
      return find(node).orElseThrow();
    }

    @Override
    public void destroy(NodeSpec node, OperationContext context) {
      made.remove(node.name());
      half.remove(node.name());
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
