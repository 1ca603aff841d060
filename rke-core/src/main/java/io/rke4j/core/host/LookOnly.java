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

/** A host as it is handed to a deciding step: it cannot be cast back to something that acts. */
public final class LookOnly implements HostView {

  private final HostView host;

  /** Hides everything but looking. */
  public LookOnly(HostView host) {
    this.host = host;
  }

  @Override
  public NodeName name() {
    return host.name();
  }

  @Override
  public ContainerView containers() {
    return new Containers(host.containers());
  }

  @Override
  public Observation probe(Probe probe) {
    return host.probe(probe);
  }

  private static final class Containers implements ContainerView {

    private final ContainerView view;

    Containers(ContainerView view) {
      this.view = view;
    }

    @Override
    public EngineFacts facts() {
      return view.facts();
    }

    @Override
    public Optional<ContainerState> state(String name) {
      return view.state(name);
    }

    @Override
    public Set<String> names() {
      return view.names();
    }

    @Override
    public boolean hasImage(ImageRef image) {
      return view.hasImage(image);
    }

    @Override
    public void requirePullable(ImageRef image) {
      view.requirePullable(image);
    }

    @Override
    public List<HostFile> files(String container, String path) {
      return view.files(container, path);
    }

    @Override
    public List<String> lastLogLines(String name, int lines) {
      return view.lastLogLines(name, lines);
    }
  }
}
