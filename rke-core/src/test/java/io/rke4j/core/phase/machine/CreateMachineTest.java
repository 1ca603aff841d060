package io.rke4j.core.phase.machine;

import static io.rke4j.core.phase.machine.ScriptedMachine.NODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.core.builtin.state.DirectoryStateStore;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.state.ClusterMemory;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.node.LoginRejectedException;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeDriver;
import io.rke4j.spi.node.NodeUnreachableException;
import io.rke4j.testkit.PatientContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreateMachineTest {

  private final ProviderException booting =
      new NodeUnreachableException("10.0.0.11:22", "nobody listens on port 22", null);

  @TempDir private Path folder = Path.of("");
  private final OneMachine driver = new OneMachine();
  private final ScriptedMachine guest = new ScriptedMachine();
  private final Deque<ProviderException> refusals = new ArrayDeque<>();

  @Test
  void aMachineIsMadeWhenItsSshServerAnswers() {
    refusals.addAll(List.of(booting, booting, booting, booting, booting));

    create().apply(new PatientContext());

    assertThat(driver.made).isEqualTo(1);
    assertThat(refusals).isEmpty();
    assertThat(guest.open).as("connections that are left open").isZero();
  }

  @Test
  void aServerThatRefusesTheKeyIsNotAwaited() {
    refusals.add(new LoginRejectedException("10.0.0.11:22", "rke", "key", "not known", null));

    assertThatCode(() -> create().apply(new PatientContext())).doesNotThrowAnyException();

    assertThat(refusals).isEmpty();
  }

  private CreateMachine create() {
    MachineShell shell =
        new MachineShell(
            driver,
            machine -> {
              if (!refusals.isEmpty()) {
                throw refusals.remove();
              }
              guest.open++;
              return guest;
            });
    ClusterMemory memory =
        new ClusterMemory(DirectoryStateStore.at(folder), "c1", Clock.systemUTC());
    return new CreateMachine(
        NODE, Set.of(), driver, shell, new Replacements(memory, Map.of(), noApi(), node -> {}));
  }

  private static KubeConnection noApi() {
    return new KubeConnection(
        Optional::empty,
        Optional.empty(),
        Map.of(),
        kubeconfig -> {
          throw new AssertionError("nothing is deployed");
        });
  }

  private static final class OneMachine implements NodeDriver {

    private int made;

    @Override
    public List<SpecProblem> check(NodeSpec node) {
      return List.of();
    }

    @Override
    public Optional<Machine> find(NodeSpec node) {
      String address = ScriptedMachine.ADDRESS;
      SshAccess ssh = new SshAccess("rke", 22, SshKey.agent());
      return Optional.of(new Machine(node.name(), address, address, ssh, "/var/run/docker.sock"));
    }

    @Override
    public Machine create(NodeSpec node, OperationContext context) {
      made++;
      return find(node).orElseThrow();
    }

    @Override
    public void destroy(NodeSpec node, OperationContext context) {
      throw new AssertionError("nothing is destroyed");
    }

    @Override
    public void close() {
      // It has nothing open.
    }
  }
}
