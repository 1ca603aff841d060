package io.rke4j.core.phase.machine;

import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.core.resource.Resource;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.node.NodeInventory;
import io.rke4j.spi.node.NodeUnreachableException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Machines that are reached by SSH, whether they have a container engine or not.
 *
 * @param inventory knows which machines there are
 * @param connector connects one
 */
public record MachineShell(NodeInventory inventory, Function<Machine, NodeConnection> connector) {

  private static final String FACTS = Resource.text(MachineShell.class, "docker-facts.sh");

  /** Something that is done over a connection. */
  interface Use<T> {
    T with(Machine machine, NodeConnection connection) throws IOException;
  }

  /** What a machine has of Docker Engine; empty if there is no machine. Changes nothing. */
  Optional<DockerFacts> look(NodeSpec node) {
    return inventory.find(node).map(machine -> use(machine, MachineShell::look));
  }

  static DockerFacts look(Machine machine, NodeConnection connection) throws IOException {
    return DockerFacts.of(connection.read(FACTS, List.of(machine.dockerSocket())));
  }

  /** Logs in and out; where there is no machine, nothing happens. */
  void greet(NodeSpec node) {
    inventory.find(node).ifPresent(machine -> use(machine, (reached, connection) -> true));
  }

  /** Connects a machine for as long as it is used. */
  <T> T use(NodeSpec node, Use<T> use) {
    Machine machine =
        inventory
            .find(node)
            .orElseThrow(() -> new IllegalStateException("no machine for " + node.name()));
    return use(machine, use);
  }

  private <T> T use(Machine machine, Use<T> use) {
    try (NodeConnection connection = connector.apply(machine)) {
      return use.with(machine, connection);
    } catch (IOException e) {
      throw new NodeUnreachableException(
          machine.address(), "a command could not be run to its end (" + e.getMessage() + ")", e);
    }
  }
}
