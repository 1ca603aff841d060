package io.rke4j.core.builtin.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.core.container.ContainerDifference;
import io.rke4j.core.container.SetAside;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.ContainerRuntime;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerState;
import io.rke4j.spi.runtime.ContainerState.Status;
import io.rke4j.spi.runtime.EngineFacts;
import io.rke4j.spi.runtime.HostFile;
import io.rke4j.spi.runtime.RunResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs containers by the Docker Engine of one host. */
final class DockerRuntime implements ContainerRuntime {

  private static final int ALL = -1;

  private final Engine engine;
  private final Images images;
  private final Containers containers;
  private volatile @Nullable EngineFacts facts;

  DockerRuntime(Engine engine, Images images) {
    this.engine = engine;
    this.images = images;
    this.containers = new Containers(engine, images);
  }

  @Override
  public EngineFacts facts() {
    EngineFacts known = facts;
    if (known == null) {
      known = facts(engine.ask("asking for facts", client -> client.infoCmd().exec()));
      facts = known;
    }
    return known;
  }

  private static EngineFacts facts(Info info) {
    return new EngineFacts(
        Objects.toString(info.getServerVersion(), ""),
        Objects.toString(info.getOperatingSystem(), ""),
        Objects.toString(info.getArchitecture(), ""),
        Objects.toString(info.getDockerRootDir(), ""),
        Objects.toString(info.getCGroupDriver(), ""),
        info.getSecurityOptions() == null ? List.of() : info.getSecurityOptions());
  }

  @Override
  public Optional<ContainerState> state(String name) {
    return containers.state(name);
  }

  @Override
  public Set<String> names() {
    return containers.names();
  }

  @Override
  public boolean hasImage(ImageRef image) {
    return images.has(image);
  }

  @Override
  public void requirePullable(ImageRef image) {
    images.requirePullable(image);
  }

  @Override
  public List<HostFile> files(String container, String path) {
    String what = "reading " + path + " through " + container;
    return engine.find(what, client -> download(client, container, path)).orElse(List.of());
  }

  private static List<HostFile> download(DockerClient client, String container, String path) {
    String folder = path.substring(0, path.replaceAll("/+$", "").lastIndexOf('/') + 1);
    try (InputStream archive = client.copyArchiveFromContainerCmd(container, path).exec()) {
      return HostArchive.unpack(archive, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> lastLogLines(String name, int lines) {
    return containers.state(name).isPresent() ? containers.output(name, lines).lines() : List.of();
  }

  @Override
  public void ensureImage(ImageRef image, OperationContext context) {
    images.ensure(image, context);
  }

  @Override
  public void ensureCreated(ContainerSpec spec, OperationContext context) {
    ensure(spec, false, context);
  }

  @Override
  public void ensureRunning(ContainerSpec spec, OperationContext context) {
    ensure(spec, true, context);
  }

  private void ensure(ContainerSpec spec, boolean start, OperationContext context) {
    Optional<ContainerState> found = containers.state(spec.name());
    if (found.isEmpty()) {
      create(spec, context);
      if (start) {
        containers.start(spec.name());
      }
    } else if (!ContainerDifference.of(found.get(), spec, this).isEmpty()) {
      new Replacement(containers, spec, found.get()).carryOut(start, context);
      return;
    } else if (start) {
      bringUp(found.get());
    }
    // An earlier replacement that was cut off left the old one there, set to start with the host.
    containers.remove(SetAside.name(spec.name()));
  }

  /**
   * The image is nearly always there, so it is asked after only when the engine lacks something.
   */
  private void create(ContainerSpec spec, OperationContext context) {
    if (!containers.createIfPossible(spec)) {
      images.ensure(spec.image(), context);
      containers.create(spec);
    }
  }

  private void bringUp(ContainerState container) {
    String name = container.definition().name();
    if (container.status() == Status.RESTARTING) {
      // The engine may be in a pause of a minute before its next try.
      containers.restart(name);
    } else if (!container.isRunning()) {
      containers.start(name);
    }
  }

  @Override
  public RunResult run(ContainerSpec spec, OperationContext context) {
    containers.remove(spec.name());
    create(spec, context);
    return removedAfter(
        spec.name(),
        () -> {
          containers.start(spec.name());
          int exitCode = containers.awaitExit(spec.name(), context);
          Output output = containers.output(spec.name(), ALL);
          return new RunResult(exitCode, output.standard(), output.error());
        });
  }

  @Override
  public void writeFiles(ContainerSpec carrier, List<HostFile> files, OperationContext context) {
    containers.remove(carrier.name());
    create(carrier, context);
    removedAfter(
        carrier.name(),
        () -> {
          upload(carrier.name(), files);
          return files.size();
        });
  }

  private void upload(String container, List<HostFile> files) {
    engine.tell(
        "writing files through " + container,
        client -> {
          try (InputStream archive = new ByteArrayInputStream(HostArchive.pack(files))) {
            client
                .copyArchiveToContainerCmd(container)
                .withRemotePath("/")
                .withTarInputStream(archive)
                .exec();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private <T> T removedAfter(String container, Supplier<T> work) {
    T result;
    try {
      result = work.get();
    } catch (RuntimeException e) {
      try {
        containers.remove(container);
      } catch (RuntimeException atRemoval) {
        e.addSuppressed(atRemoval);
      }
      throw e;
    }
    containers.remove(container);
    return result;
  }

  @Override
  public void restart(String name, OperationContext context) {
    containers.restart(name);
  }

  @Override
  public void remove(String name, OperationContext context) {
    containers.remove(name);
  }

  @Override
  public void close() {
    engine.close();
  }
}
