package io.rke4j.core.simulated;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeDriver;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes machines of the hosts of a fleet, none of which is used twice. */
final class FleetDriver implements NodeDriver {

  private final Deque<SimulatedHost> unused = new ArrayDeque<>();
  private final Map<NodeName, SimulatedHost> made = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile boolean exhausted;

  FleetDriver(SimulatedFleet fleet) {
    unused.addAll(fleet.hosts());
  }

  SimulatedHost host(String node) {
    return Objects.requireNonNull(made.get(NodeName.of(node)), node);
  }

  /** What was made and destroyed, in order, as {@code +w-1} and {@code -w-1}. */
  List<String> calls() {
    return calls;
  }

  /** Whether no further machine can be made. */
  void exhausted(boolean is) {
    exhausted = is;
  }

  /** Loses a machine without anybody's doing: the driver knows it, and nothing answers there. */
  void lose(String node) {
    host(node).disconnect();
    host(node).stopDocker();
  }

  /** Loses it so that the driver does not know it any more either. */
  void forget(String node) {
    made.remove(NodeName.of(node));
  }

  @Override
  public List<SpecProblem> check(NodeSpec node) {
    return List.of();
  }

  @Override
  public Optional<Machine> find(NodeSpec node) {
    return Optional.ofNullable(made.get(node.name())).map(host -> machine(node.name(), host));
  }

  private static Machine machine(NodeName node, SimulatedHost host) {
    SshKey key = new SshKey.Inline(Secret.of(host.privateKey()));
    SshAccess ssh = new SshAccess(host.user(), host.port(), key);
    return new Machine(node, host.address(), host.address(), ssh, "/var/run/docker.sock");
  }

  @Override
  public synchronized Machine create(NodeSpec node, OperationContext context) {
    if (exhausted && !made.containsKey(node.name())) {
      throw ProviderException.permanentFailure("no room for " + node.name(), "", null);
    }
    SimulatedHost host =
        made.computeIfAbsent(
            node.name(),
            name -> {
              calls.add("+" + name);
              return unused.remove();
            });
    return machine(node.name(), host);
  }

  @Override
  public synchronized void destroy(NodeSpec node, OperationContext context) {
    SimulatedHost host = made.remove(node.name());
    if (host != null) {
      calls.add("-" + node.name());
      host.disconnect();
      host.stopDocker();
    }
  }

  @Override
  public void close() {
    // The fleet is the test's.
  }
}
