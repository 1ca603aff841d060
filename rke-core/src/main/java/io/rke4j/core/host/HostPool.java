package io.rke4j.core.host;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.spi.Observation;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.node.NodeInventory;
import io.rke4j.spi.runtime.ContainerRuntime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Connects each host when it is first asked for, and keeps the connection until closed. One that
 * has broken is made anew for whoever asks next, so that trying again is worth it.
 */
public final class HostPool implements Hosts, AutoCloseable {

  private final Map<NodeName, Slot> slots = new LinkedHashMap<>();
  private final NodeInventory inventory;
  private final Function<Machine, NodeConnection> connector;
  private final BiFunction<Machine, NodeConnection, ContainerRuntime> runtimes;
  private final Supplier<Optional<SSLContext>> tls;
  private final ConnectionListener listener;

  /** Hears of every connection that was made. */
  @FunctionalInterface
  public interface ConnectionListener {
    /** A host answered, and this is what its engine says of itself. */
    void connected(NodeName node, String facts);
  }

  /**
   * A pool for these nodes.
   *
   * @param nodes the nodes of the cluster
   * @param inventory knows their machines
   * @param connector makes the connection to one machine
   * @param runtimes opens the container engine behind a connection
   * @param tls the cluster's own certificates, once there are any
   * @param listener hears of every host that was connected
   */
  public HostPool(
      List<NodeSpec> nodes,
      NodeInventory inventory,
      Function<Machine, NodeConnection> connector,
      BiFunction<Machine, NodeConnection, ContainerRuntime> runtimes,
      Supplier<Optional<SSLContext>> tls,
      ConnectionListener listener) {
    nodes.forEach(node -> slots.put(node.name(), new Slot(node)));
    this.inventory = inventory;
    this.connector = connector;
    this.runtimes = runtimes;
    this.tls = tls;
    this.listener = listener;
  }

  @Override
  public Optional<HostView> look(NodeName node) {
    return slot(node).find().map(HostView.class::cast);
  }

  @Override
  public Host open(NodeName node) {
    return slot(node)
        .find()
        .orElseThrow(
            () ->
                ProviderException.permanentFailure(
                    "the machine of " + node + " does not exist", "Create it first", null));
  }

  private Slot slot(NodeName node) {
    Slot slot = slots.get(node);
    if (slot == null) {
      throw new IllegalArgumentException("no node " + node);
    }
    return slot;
  }

  @Override
  public void close() {
    slots.values().forEach(Slot::close);
  }

  /** The place of one node; its lock makes sure that a host has one connection at a time. */
  private final class Slot {

    private final NodeSpec node;
    private final List<ConnectedHost> lost = new ArrayList<>();
    private @Nullable ConnectedHost host;

    Slot(NodeSpec node) {
      this.node = node;
    }

    /** Where machines are is a question to somebody else's server, so it is asked once. */
    Optional<Host> find() {
      Optional<Host> open = open();
      return open.isPresent() ? open : inventory.find(node).map(this::connected);
    }

    private synchronized Optional<Host> open() {
      if (host != null && !host.connection().isOpen()) {
        // Other steps may be in the middle of a request: it shall end as lost, and not for a client
        // that somebody has closed.
        host.connection().close();
        lost.add(host);
        host = null;
      }
      return Optional.ofNullable(host);
    }

    private synchronized Host connected(Machine machine) {
      ConnectedHost open = host;
      if (open == null) {
        open = connect(machine);
        host = open;
      }
      return open;
    }

    private ConnectedHost connect(Machine machine) {
      NodeConnection connection = connector.apply(machine);
      try {
        ContainerRuntime runtime = runtimes.apply(machine, connection);
        listener.connected(
            node.name(),
            "Docker Engine "
                + runtime.facts().version()
                + " on "
                + runtime.facts().operatingSystem());
        return new ConnectedHost(node.name(), connection, runtime);
      } catch (RuntimeException e) {
        connection.close();
        throw e;
      }
    }

    synchronized void close() {
      lost.forEach(former -> former.containers().close());
      lost.clear();
      if (host != null) {
        // The connection first: each stream that its client has kept would be closed by a round
        // trip.
        host.connection().close();
        host.containers().close();
        host = null;
      }
    }
  }

  private final class ConnectedHost implements Host {

    private final NodeName name;
    private final NodeConnection connection;
    private final ContainerRuntime runtime;

    ConnectedHost(NodeName name, NodeConnection connection, ContainerRuntime runtime) {
      this.name = name;
      this.connection = connection;
      this.runtime = runtime;
    }

    @Override
    public NodeName name() {
      return name;
    }

    @Override
    public ContainerRuntime containers() {
      return runtime;
    }

    @Override
    public NodeConnection connection() {
      return connection;
    }

    @Override
    public Observation probe(Probe probe) {
      return new ProbeClient(connection).ask(probe, tls.get());
    }
  }
}
