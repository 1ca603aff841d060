package io.rke4j.core.host;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.spi.Observation;
import io.rke4j.spi.runtime.ContainerState;
import io.rke4j.spi.runtime.ContainerView;
import io.rke4j.spi.runtime.EngineFacts;
import io.rke4j.spi.runtime.HostFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Hosts that nobody contacts: each looks like a fresh machine with Docker Engine as it comes. */
public final class BlankHosts implements Hosts {

  private static final EngineFacts AS_IT_COMES =
      new EngineFacts("20.10.24", "Linux", "x86_64", "/var/lib/docker", "cgroupfs", List.of());

  @Override
  public Optional<HostView> look(NodeName node) {
    return Optional.of(new BlankHost(node, new NoContainers()));
  }

  @Override
  public Host open(NodeName node) {
    throw new IllegalStateException("an offline plan reaches no host");
  }

  private record BlankHost(NodeName name, ContainerView containers) implements HostView {
    @Override
    public Observation probe(Probe probe) {
      return Observation.notYet("nothing is there");
    }
  }

  private static final class NoContainers implements ContainerView {

    @Override
    public EngineFacts facts() {
      return AS_IT_COMES;
    }

    @Override
    public Optional<ContainerState> state(String name) {
      return Optional.empty();
    }

    @Override
    public Set<String> names() {
      return Set.of();
    }

    @Override
    public boolean hasImage(ImageRef image) {
      return false;
    }

    @Override
    public List<HostFile> files(String container, String path) {
      return List.of();
    }

    @Override
    public List<String> lastLogLines(String name, int lines) {
      return List.of();
    }
  }
}
