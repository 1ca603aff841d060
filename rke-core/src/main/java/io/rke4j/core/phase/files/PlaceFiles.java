package io.rke4j.core.phase.files;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.document.AzureFile;
import io.rke4j.core.document.CloudFile;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.host.Probe;
import io.rke4j.core.phase.AwaitHealthy;
import io.rke4j.core.pki.NodeFiles;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerState;
import io.rke4j.spi.runtime.ContainerView;
import io.rke4j.spi.runtime.EngineFacts;
import io.rke4j.spi.runtime.HostFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts files below one folder of a host, and restarts the containers that have read older ones. The
 * files go through an archive upload into a carrier container that never runs, so that no key
 * stands in an argument or a variable. With the files goes a note of the restarts to come: once the
 * files are there, nothing else would tell a later run that some process still works with others.
 *
 * @param id names the step
 * @param node where
 * @param after what must be done before
 * @param folder the folder that holds the files, or the one file, on a host with such an engine
 * @param carrier the container that carries them
 * @param wanted the files there, once they are known
 * @param readers the containers that read the files
 */
record PlaceFiles(
    StepId id,
    NodeName node,
    Set<StepId> after,
    Function<EngineFacts, String> folder,
    Function<EngineFacts, ContainerSpec> carrier,
    Function<EngineFacts, Optional<List<HostFile>>> wanted,
    Readers readers)
    implements Step.OnNode {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Containers that mount the folder and may be there to look through. */
  private static final List<String> WINDOWS =
      List.of("kubelet", "kube-proxy", "etcd", "kube-apiserver");

  @Override
  public String title() {
    return id.action().replace('-', ' ') + " on " + node;
  }

  @Override
  public Decision inspect(HostView host) {
    EngineFacts facts = host.containers().facts();
    if (wanted.apply(facts).isEmpty()) {
      String expected = "write the files of this node to " + folder.apply(facts);
      return present(host.containers()).isEmpty()
          ? Decision.create(expected)
          : new Decision.Deferred("once they are made", List.of(expected));
    }
    Difference difference = difference(host.containers());
    if (difference.isEmpty()) {
      return Decision.upToDate();
    }
    List<String> lines = new ArrayList<>();
    difference.missing().forEach(file -> lines.add("write " + file.path()));
    difference.changed().forEach(file -> lines.add("replace " + file.path()));
    Set<String> restarts = restarts(difference, host.containers());
    restarts.forEach(name -> lines.add("restart " + name));
    if (!difference.left().isEmpty() && restarts.isEmpty()) {
      lines.add(
          "forget restarts that an earlier run did not reach, as nothing runs to be restarted");
    }
    return difference.changed().isEmpty() && difference.left().isEmpty()
        ? Decision.create(lines.toArray(String[]::new))
        : Decision.replace(lines);
  }

  @Override
  public void apply(Host host, OperationContext context) {
    Difference difference = difference(host.containers());
    Set<String> restarts = restarts(difference, host.containers());
    List<HostFile> files = difference.files();
    boolean noted = !restarts.isEmpty() && readers.note().isPresent();
    if (noted) {
      files.add(0, note(restarts));
    }
    write(files, host, context);
    List<String> awaited = difference.expired() ? List.of() : healthy(restarts, host);
    restarts.forEach(name -> host.containers().restart(name, context));
    if (noted || !difference.left().isEmpty()) {
      write(List.of(note(Set.of())), host, context);
    }
    awaited.forEach(name -> settle(name, host, context));
  }

  /**
   * Those whose health is there to be lost. What was not well before may wait for other hosts, for
   * members of etcd that do not run or whose certificates have expired, and those for this step.
   */
  private List<String> healthy(Set<String> restarts, Host host) {
    return restarts.stream().filter(name -> isHealthy(readers.health().get(name), host)).toList();
  }

  private static boolean isHealthy(@Nullable Probe probe, Host host) {
    return probe != null && host.probe(probe).reached();
  }

  private void write(List<HostFile> files, Host host, OperationContext context) {
    if (!files.isEmpty()) {
      host.containers().writeFiles(carrier.apply(host.containers().facts()), files, context);
    }
  }

  private HostFile note(Set<String> restarts) {
    return RestartNote.of(readers.note().orElseThrow(), restarts);
  }

  /** Who goes on with the next member of etcd while one is still starting costs the quorum. */
  private void settle(String container, Host host, OperationContext context) {
    Probe probe = Objects.requireNonNull(readers.health().get(container));
    new AwaitHealthy(id, node, Set.of(), container, probe, PATIENCE).apply(host, context);
  }

  private Map<String, HostFile> present(ContainerView containers) {
    Map<String, HostFile> present = new HashMap<>();
    String path = folder.apply(containers.facts());
    Set<String> there = containers.names();
    for (String window : WINDOWS) {
      if (present.isEmpty() && there.contains(window)) {
        containers.files(window, path).forEach(file -> present.put(file.path(), file));
      }
    }
    return present;
  }

  private Difference difference(ContainerView containers) {
    Map<String, HostFile> present = present(containers);
    List<HostFile> missing = new ArrayList<>();
    List<HostFile> changed = new ArrayList<>();
    boolean expired = false;
    for (HostFile file : wanted.apply(containers.facts()).orElse(List.of())) {
      HostFile there = present.get(file.path());
      if (there == null) {
        missing.add(file);
      } else if (there.mode() != file.mode()
          || !there.owner().equals(file.owner())
          || !serves(file, there.content().reveal())) {
        changed.add(file);
        expired |= NodeFiles.hasExpired(there.content().reveal());
      }
    }
    Set<String> left = readers.note().map(present::get).map(RestartNote::read).orElse(Set.of());
    return new Difference(missing, changed, left, expired);
  }

  private static boolean serves(HostFile wanted, String found) {
    return NodeFiles.serves(wanted, found)
        || (wanted.path().equals(CloudFile.PATH)
            && AzureFile.isCompleted(wanted.content().reveal(), found));
  }

  /** Those that have read what changes, or that a run before this one wanted to restart. */
  private Set<String> restarts(Difference difference, ContainerView containers) {
    Set<String> names = new TreeSet<>(difference.left());
    difference.changed().forEach(file -> names.addAll(readers.of().apply(file.path())));
    names.removeIf(name -> containers.state(name).filter(ContainerState::isRunning).isEmpty());
    return names;
  }

  /**
   * What is not as wanted.
   *
   * @param left restarts that an earlier run has not come to
   * @param expired whether certificates are replaced that are good for nothing any more
   */
  private record Difference(
      List<HostFile> missing, List<HostFile> changed, Set<String> left, boolean expired) {

    boolean isEmpty() {
      return missing.isEmpty() && changed.isEmpty() && left.isEmpty();
    }

    List<HostFile> files() {
      List<HostFile> all = new ArrayList<>(missing);
      all.addAll(changed);
      return all;
    }
  }
}
