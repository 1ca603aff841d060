package io.rke4j.core.fake;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.host.Hosts;
import io.rke4j.core.host.Probe;
import io.rke4j.spi.Observation;
import io.rke4j.spi.node.NodeConnection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Hosts in memory, there as soon as somebody asks for them unless their machine is yet to come. */
public final class FakeHosts implements Hosts {

  private final Map<NodeName, FakeHost> hosts = new ConcurrentHashMap<>();
  private final Set<NodeName> missing = new HashSet<>();

  /** The engine of a host. */
  public FakeContainerRuntime engine(NodeName node) {
    return host(node).engine;
  }

  /** From now on every port of a host answers so. */
  public void answer(NodeName node, Observation answer) {
    host(node).answer = answer;
  }

  /** The machine of a node does not exist. */
  public void missing(NodeName node) {
    missing.add(node);
  }

  private FakeHost host(NodeName node) {
    return hosts.computeIfAbsent(node, FakeHost::new);
  }

  @Override
  public Optional<HostView> look(NodeName node) {
    return missing.contains(node) ? Optional.empty() : Optional.of(host(node));
  }

  @Override
  public Host open(NodeName node) {
    return host(node);
  }

  private static final class FakeHost implements Host {

    private final NodeName name;
    private final FakeContainerRuntime engine = new FakeContainerRuntime();
    private volatile Observation answer = Observation.notYet("connection refused");

    FakeHost(NodeName name) {
      this.name = name;
    }

    @Override
    public NodeName name() {
      return name;
    }

    @Override
    public FakeContainerRuntime containers() {
      return engine;
    }

    @Override
    public NodeConnection connection() {
      throw new AssertionError("nothing but probes needs the connection of " + name);
    }

    @Override
    public Observation probe(Probe probe) {
      return answer;
    }
  }
}
