package io.rke4j.core.fake;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.ContainerRuntime;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerState;
import io.rke4j.spi.runtime.ContainerState.Status;
import io.rke4j.spi.runtime.EngineFacts;
import io.rke4j.spi.runtime.HostFile;
import io.rke4j.spi.runtime.RunResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An engine in memory that keeps the promises of the interface and writes down every change. */
public final class FakeContainerRuntime implements ContainerRuntime {

  private final Map<String, ContainerState> containers = new TreeMap<>();
  private final Map<String, HostFile> files = new TreeMap<>();
  private final Set<ImageRef> images = new HashSet<>();
  private final List<String> mutations = new ArrayList<>();
  private RunResult nextResult = new RunResult(0, "", "");
  private @Nullable RuntimeException nextFailure;
  private @Nullable RuntimeException failureOfRestart;
  private int made;

  /** Every change so far, in words. */
  public synchronized List<String> mutations() {
    return List.copyOf(mutations);
  }

  /** Lets the next change fail. */
  public synchronized void failOnce(RuntimeException failure) {
    nextFailure = failure;
  }

  /** Lets the next restart fail. */
  public synchronized void failOnRestart(RuntimeException failure) {
    failureOfRestart = failure;
  }

  /** What containers that run to their end come out with from now on. */
  public synchronized void results(RunResult result) {
    nextResult = result;
  }

  /** Ends a container's process. */
  public synchronized void stop(String name) {
    put(definition(name), Status.EXITED);
  }

  /** The definition of a container that is there. */
  public synchronized ContainerSpec definition(String name) {
    return state(name).orElseThrow().definition();
  }

  /** The files on the host. */
  public synchronized Map<String, HostFile> files() {
    return Map.copyOf(files);
  }

  private void mutate(String what) {
    RuntimeException failure = nextFailure;
    nextFailure = null;
    if (failure != null) {
      throw failure;
    }
    mutations.add(what);
  }

  private void put(ContainerSpec spec, Status status) {
    String id = "id-" + ++made;
    containers.put(spec.name(), new ContainerState(id, status, spec, 0, 0, "/logs/" + id + ".log"));
  }

  @Override
  public EngineFacts facts() {
    return new EngineFacts(
        "20.10.24", "Debian", "x86_64", "/var/lib/docker", "cgroupfs", List.of());
  }

  @Override
  public synchronized Optional<ContainerState> state(String name) {
    return Optional.ofNullable(containers.get(name));
  }

  @Override
  public synchronized Set<String> names() {
    return Set.copyOf(containers.keySet());
  }

  @Override
  public synchronized boolean hasImage(ImageRef image) {
    return images.contains(image);
  }

  @Override
  public synchronized List<HostFile> files(String container, String path) {
    return containers.containsKey(container)
        ? files.values().stream().filter(file -> file.path().startsWith(path)).toList()
        : List.of();
  }

  @Override
  public synchronized List<String> lastLogLines(String name, int lines) {
    return containers.containsKey(name) ? List.of("the last line of " + name) : List.of();
  }

  @Override
  public synchronized void ensureImage(ImageRef image, OperationContext context) {
    mutate("pull " + image);
    images.add(image);
  }

  @Override
  public synchronized void ensureCreated(ContainerSpec spec, OperationContext context) {
    if (state(spec.name()).filter(there -> there.definition().equals(spec)).isEmpty()) {
      mutate("create " + spec.name());
      put(spec, Status.CREATED);
    }
  }

  @Override
  public synchronized void ensureRunning(ContainerSpec spec, OperationContext context) {
    Optional<ContainerState> there = state(spec.name());
    if (there.filter(s -> s.isRunning() && s.definition().equals(spec)).isEmpty()) {
      mutate("run " + spec.name());
      put(spec, Status.RUNNING);
    }
  }

  @Override
  public synchronized RunResult run(ContainerSpec spec, OperationContext context) {
    mutate("run to its end " + spec.name());
    containers.remove(spec.name());
    return nextResult;
  }

  @Override
  public synchronized void writeFiles(
      ContainerSpec carrier, List<HostFile> written, OperationContext context) {
    mutate("write files by " + carrier.name());
    written.forEach(file -> files.put(file.path(), file));
  }

  @Override
  public synchronized void restart(String name, OperationContext context) {
    RuntimeException failure = failureOfRestart;
    if (failure != null) {
      failureOfRestart = null;
      throw failure;
    }
    mutate("restart " + name);
    put(definition(name), Status.RUNNING);
  }

  @Override
  public synchronized void remove(String name, OperationContext context) {
    if (containers.containsKey(name)) {
      mutate("remove " + name);
      containers.remove(name);
    }
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
