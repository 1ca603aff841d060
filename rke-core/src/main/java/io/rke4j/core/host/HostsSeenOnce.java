package io.rke4j.core.host;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.spi.Observation;
import io.rke4j.spi.runtime.ContainerState;
import io.rke4j.spi.runtime.ContainerView;
import io.rke4j.spi.runtime.EngineFacts;
import io.rke4j.spi.runtime.HostFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Hosts as one plan sees them: whichever of its steps ask after a container or an image, the host
 * is asked once, and what is not in its list of containers is not asked after at all. So a plan
 * costs a few round trips for each host, and is of one moment.
 */
public final class HostsSeenOnce implements Hosts {

  private final Hosts hosts;
  private final Map<NodeName, Memory> memories = new ConcurrentHashMap<>();

  /** What is remembered of one host, at which one thread looks at a time. */
  private static final class Memory {
    private final Map<String, Optional<ContainerState>> states = new ConcurrentHashMap<>();
    private final Map<ImageRef, Boolean> images = new ConcurrentHashMap<>();
    private volatile @Nullable Set<String> names;
  }

  /** Remembers what is seen of these hosts. */
  public HostsSeenOnce(Hosts hosts) {
    this.hosts = hosts;
  }

  @Override
  public Optional<HostView> look(NodeName node) {
    return hosts
        .look(node)
        .map(host -> new Seen(host, memories.computeIfAbsent(node, unused -> new Memory())));
  }

  @Override
  public Host open(NodeName node) {
    throw new IllegalStateException("a plan changes nothing");
  }

  private record Seen(HostView host, Memory memory) implements HostView, ContainerView {

    @Override
    public NodeName name() {
      return host.name();
    }

    @Override
    public ContainerView containers() {
      return this;
    }

    @Override
    public Observation probe(Probe probe) {
      return host.probe(probe);
    }

    @Override
    public EngineFacts facts() {
      return host.containers().facts();
    }

    @Override
    public Set<String> names() {
      Set<String> known = memory.names;
      if (known == null) {
        known = host.containers().names();
        memory.names = known;
      }
      return known;
    }

    @Override
    public Optional<ContainerState> state(String name) {
      return names().contains(name)
          ? memory.states.computeIfAbsent(name, host.containers()::state)
          : Optional.empty();
    }

    @Override
    public boolean hasImage(ImageRef image) {
      return memory.images.computeIfAbsent(image, host.containers()::hasImage);
    }

    @Override
    public void requirePullable(ImageRef image) {
      host.containers().requirePullable(image);
    }

    @Override
    public List<HostFile> files(String container, String path) {
      return names().contains(container) ? host.containers().files(container, path) : List.of();
    }

    @Override
    public List<String> lastLogLines(String name, int lines) {
      return host.containers().lastLogLines(name, lines);
    }
  }
}
