package io.rke4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodePool;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.core.builtin.ExistingMachines;
import io.rke4j.core.builtin.state.DirectoryStateStore;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.Step;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.state.ClusterMemory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembershipTest {

  @TempDir Path folder;

  @Test
  void aNodeThatIsTakenOutOfARunningClusterIsNotSilentlyLeftBehind() {
    ClusterMemory memory = running(cluster("a", "b"));

    assertThatThrownBy(() -> Membership.check(cluster("a"), memory))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("node b: is part of the cluster")
        .hasMessageContaining("put it back");
  }

  @Test
  void aWorkerOnAMachineThatWasMadeForItMayLeave() {
    ClusterMemory memory = running(pool(3));

    assertThatCode(() -> Membership.check(pool(1), memory)).doesNotThrowAnyException();
    assertThat(memory.leaving(pool(1)))
        .extracting(node -> node.name().value())
        .containsExactly("w-2", "w-3");
    assertThat(memory.leaving(pool(3))).isEmpty();
  }

  @Test
  void stepsOfAPoolThatShrinksEndWithTheMachineBeforeTheClusterIsRecorded() {
    ClusterMemory memory = running(pool(2));

    List<Step> steps = ProvisionSequence.steps(pool(1), Workplaces.of(pool(1), memory));

    assertThat(steps.stream().filter(step -> step.id().target().equals("w-2")))
        .extracting(step -> step.id().action())
        .containsExactly("evict-pods", "delete-node", "retire-machine");
    assertThat(
            steps.stream()
                .filter(step -> step.id().action().equals("record-cluster"))
                .flatMap(step -> step.after().stream()))
        .anyMatch(id -> id.toString().equals("worker-plane/retire-machine@w-2"));
  }

  @Test
  void aMachineThatLeftTheSpecificationGoesWithTheCluster() {
    ClusterMemory memory = running(pool(2));

    assertThat(RemovalSequence.steps(pool(1), Workplaces.of(pool(1), memory)))
        .extracting(step -> step.id().toString())
        .contains("machine/destroy-machine@w-2");
  }

  /** A master that is there, and workers on machines that are made. */
  private static Resolved pool(int size) {
    ClusterSpec spec =
        ClusterSpec.named("c1")
            .kubernetes("v1.20.15-rancher2-1")
            .node("a", n -> n.address("10.0.0.1").user("root").roles(Role.values()))
            .pool(NodePool.of("w", size, 2, "4Gi", "20Gi", Role.WORKER))
            .build();
    Resolved any = cluster("a");
    List<ClusterNode> nodes = new ArrayList<>();
    spec.nodes().forEach(node -> nodes.add(located(node, nodes.size() + 1)));
    return new Resolved(spec, any.release(), nodes);
  }

  private static ClusterNode located(NodeSpec node, int number) {
    return new ClusterNode(node, "10.0.0." + number, "10.0.0." + number);
  }

  @Test
  void aNodeWhoseMachineIsGoneIsNotTakenForANewOne() {
    ClusterMemory memory = running(cluster("a", "b"));
    Resolved now = cluster("a", "b");
    Resolved without =
        new Resolved(
            now.spec(),
            now.release(),
            List.of(now.nodes().get(0), ClusterNode.unlocated(now.nodes().get(1).spec())));

    assertThatThrownBy(() -> Membership.check(without, memory))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("node b: is part of the cluster, and its machine is gone");
  }

  @Test
  void aNewWorkerIsWelcome() {
    ClusterMemory memory = running(cluster("a"));

    assertThatCode(() -> Membership.check(cluster("a", "b"), memory)).doesNotThrowAnyException();
    assertThat(memory.newNodes(cluster("a", "b"))).hasToString("[b]");
  }

  @Test
  void beforeAClusterRunsEverythingMayChange() {
    ClusterMemory memory = begun(cluster("a", "b"));

    assertThatCode(() -> Membership.check(cluster("a"), memory)).doesNotThrowAnyException();
  }

  @Test
  void whoeverIsLeftBehindIsNamed() {
    ClusterMemory memory = begun(cluster("a", "b"));

    assertThat(Membership.leftBehind(cluster("a", "b"), memory)).isEmpty();
    assertThat(Membership.leftBehind(cluster("a"), memory))
        .singleElement()
        .asString()
        .startsWith("node b (10.0.0.2) is part of the cluster, but is not of the specification")
        .endsWith("put it back to have it cleaned");
    assertThat(Membership.leftBehind(pool(1), running(pool(3)))).isEmpty();
  }

  @Test
  void whatAnUnfinishedRunHasBegunIsNeitherAMemberNorForgotten() {
    ClusterMemory memory = running(pool(1));
    memory.expect(pool(3), Set.of());
    ClusterMemory next = memory();

    assertThatCode(() -> Membership.check(pool(2), next)).doesNotThrowAnyException();
    assertThat(next.newNodes(pool(3))).extracting(NodeName::value).contains("w-2", "w-3");
    assertThat(next.untouchedNodes(pool(3))).isEmpty();
    assertThat(next.leaving(pool(2))).extracting(node -> node.name().value()).containsOnly("w-3");
    next.finish(pool(2), Set.of());
    assertThat(next.leaving(pool(2))).isEmpty();
  }

  @Test
  void aHostThatAnUnfinishedRunHasBegunIsNamedWhenItIsTakenOut() {
    ClusterMemory memory = running(cluster("a"));
    memory.expect(cluster("a", "b"), Set.of());

    assertThatCode(() -> Membership.check(cluster("a"), memory)).doesNotThrowAnyException();
    assertThat(Membership.leftBehind(cluster("a"), memory))
        .singleElement()
        .asString()
        .startsWith("node b (10.0.0.2) was to become part of the cluster");
  }

  @Test
  void aNewEtcdMemberIsRefusedAlsoIfARunHasExpectedIt() {
    ClusterMemory memory = running(cluster("a"));
    Resolved wanted = pool(1);
    memory.expect(wanted, Set.of());
    ClusterSpec grown =
        ClusterSpec.named("c1")
            .kubernetes("v1.20.15-rancher2-1")
            .node("a", n -> n.address("10.0.0.1").user("root").roles(Role.values()))
            .node("e", n -> n.address("10.0.0.2").user("root").roles(Role.ETCD))
            .build();
    Resolved more =
        new Resolved(
            grown,
            wanted.release(),
            List.of(located(grown.nodes().get(0), 1), located(grown.nodes().get(1), 2)));
    memory.expect(more, Set.of());

    assertThatThrownBy(() -> Membership.check(more, memory))
        .hasMessageContaining("node e: is a new etcd member");
  }

  @Test
  void addonsOfARunThatDidNotEndAreKnownToTheNext() {
    ClusterMemory first = memory();
    first.expect(cluster("a"), Set.of("extra"));
    first.remember(cluster("a"), CertificateBundle.EMPTY);
    assertThat(memory().addons()).containsExactly("extra");

    ClusterMemory next = memory();
    next.finish(cluster("a"), Set.of());
    next.expect(cluster("a"), Set.of("another"));
    assertThat(memory().addons()).containsExactly("another");
  }

  private ClusterMemory memory() {
    return new ClusterMemory(
        DirectoryStateStore.at(folder.resolve("state")), "c1", Clock.systemUTC());
  }

  private ClusterMemory begun(Resolved cluster) {
    ClusterMemory memory = memory();
    memory.remember(cluster, CertificateBundle.EMPTY);
    return memory;
  }

  private ClusterMemory running(Resolved cluster) {
    ClusterMemory memory = begun(cluster);
    memory.finish(cluster, Set.of());
    return memory;
  }

  /** The first node carries everything, the others are workers. */
  private static Resolved cluster(String... names) {
    ClusterSpec.Builder spec = ClusterSpec.named("c1").kubernetes("v1.20.15-rancher2-1");
    int number = 1;
    for (String name : names) {
      String address = "10.0.0." + number;
      Role[] roles =
          number++ == 1
              ? new Role[] {Role.ETCD, Role.CONTROL_PLANE, Role.WORKER}
              : new Role[] {Role.WORKER};
      spec.node(name, node -> node.address(address).user("root").roles(roles));
    }
    return Resolution.of(spec.build(), new ExistingMachines());
  }
}
