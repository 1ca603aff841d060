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
import java.util.stream.IntStream;

/**
 * Puts files below one folder of a host, and restarts the containers that have read older ones. The
 * files go through an archive upload into a carrier container that never runs, so that no key
 * stands in an argument or a variable. With the files goes a note of the restarts to come: once the
 * files are there, nothing else would tell a later run that some process still works with others.
 * Where no container is there that could show what is on the host, all that runs may do so, and a
 * note that an earlier run has left is no longer true.
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

  @Override
  public String title() {
    return id.action().replace('-', ' ') + " on " + node;
  }

  @Override
  public Decision inspect(HostView host) {
    EngineFacts facts = host.containers().facts();
    if (wanted.apply(facts).isEmpty()) {
      String expected = "write the files of this node to " + folder.apply(facts);
      return seen(host.containers()).orElse(List.of()).isEmpty()
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
    restarts(difference, host.containers()).forEach(name -> lines.add("restart " + name));
    difference.left().awaited().forEach(name -> lines.add("wait until " + name + " is healthy"));
    String[] all = lines.toArray(String[]::new);
    if (!difference.changed().isEmpty()) {
      return Decision.replace(lines);
    }
    // What is left completes what an earlier run has begun, and outdates no plan.
    return difference.missing().isEmpty() ? Decision.followUp(all) : Decision.create(all);
  }

  /** Whether the files are there as they are to be, whatever is still to be done for them. */
  boolean isPlaced(HostView host) {
    Difference difference = difference(host.containers());
    return difference.missing().isEmpty() && difference.changed().isEmpty();
  }

  @Override
  public void apply(Host host, OperationContext context) {
    Difference difference = difference(host.containers());
    Set<String> restarts = restarts(difference, host.containers());
    Set<String> awaited = awaited(difference, restarts, host);
    RestartNote ahead = new RestartNote(restarts, awaited);
    boolean noted = readers.note().isPresent() && (difference.unseen() || !ahead.isEmpty());
    List<HostFile> note = noted ? note(ahead) : List.of();
    write(note, difference.files(), host, context);
    restarts.forEach(name -> host.containers().restart(name, context));
    if (noted && !restarts.isEmpty()) {
      write(note(new RestartNote(Set.of(), awaited)), List.of(), host, context);
    }
    awaited.forEach(name -> settle(name, host, context));
    if ((noted && !awaited.isEmpty()) || !difference.left().isEmpty()) {
      write(note(RestartNote.EMPTY), List.of(), host, context);
    }
  }

  /**
   * Those whose health is there to be lost, or was before a run that did not come to its end: what
   * breaks one host must not be carried to the next. What was not well before may wait for other
   * hosts, for members of etcd that do not run or whose certificates have expired, and those for
   * this step.
   */
  private Set<String> awaited(Difference difference, Set<String> restarts, Host host) {
    Set<String> awaited = new TreeSet<>(difference.left().awaited());
    restarts.stream().filter(name -> isHealthy(name, host)).forEach(awaited::add);
    awaited.removeAll(difference.expired());
    awaited.removeIf(name -> !readers.health().containsKey(name));
    awaited.removeIf(name -> host.containers().state(name).isEmpty());
    return awaited;
  }

  /** With a second look, for a process that is just busy. */
  private boolean isHealthy(String name, Host host) {
    Probe probe = readers.health().get(name);
    return probe != null && IntStream.range(0, 2).anyMatch(look -> host.probe(probe).reached());
  }

  private List<HostFile> note(RestartNote note) {
    return List.of(note.at(readers.note().orElseThrow()));
  }

  private void write(
      List<HostFile> note, List<HostFile> files, Host host, OperationContext context) {
    List<HostFile> all = new ArrayList<>(note);
    all.addAll(files);
    if (!all.isEmpty()) {
      host.containers().writeFiles(carrier.apply(host.containers().facts()), all, context);
    }
  }

  /** Who goes on with the next member of etcd while one is still starting costs the quorum. */
  private void settle(String container, Host host, OperationContext context) {
    Probe probe = Objects.requireNonNull(readers.health().get(container));
    new AwaitHealthy(id, node, Set.of(), container, probe, PATIENCE).apply(host, context);
  }

  private Optional<List<HostFile>> seen(ContainerView containers) {
    return NodeFiles.seen(containers, folder.apply(containers.facts()));
  }

  private Difference difference(ContainerView containers) {
    Optional<List<HostFile>> seen = seen(containers);
    Map<String, HostFile> present = new HashMap<>();
    seen.ifPresent(files -> files.forEach(file -> present.put(file.path(), file)));
    List<HostFile> missing = new ArrayList<>();
    List<HostFile> changed = new ArrayList<>();
    Set<String> expired = new TreeSet<>();
    for (HostFile file : wanted.apply(containers.facts()).orElse(List.of())) {
      HostFile there = present.get(file.path());
      if (there == null) {
        missing.add(file);
      } else if (there.mode() != file.mode()
          || !there.owner().equals(file.owner())
          || !serves(file, there.content().reveal())) {
        changed.add(file);
        if (NodeFiles.hasExpired(there.content().reveal())) {
          expired.addAll(readers.of().apply(file.path()));
        }
      }
    }
    RestartNote left =
        readers.note().map(present::get).map(RestartNote::read).orElse(RestartNote.EMPTY);
    return new Difference(missing, changed, left, expired, seen.isEmpty());
  }

  private static boolean serves(HostFile wanted, String found) {
    return NodeFiles.serves(wanted, found)
        || (wanted.path().equals(CloudFile.PATH)
            && AzureFile.isCompleted(wanted.content().reveal(), found));
  }

  /** Those that may have read what changes, or that a run before this one wanted to restart. */
  private Set<String> restarts(Difference difference, ContainerView containers) {
    Set<String> names = new TreeSet<>(difference.left().restarts());
    List<HostFile> others = difference.unseen() ? difference.missing() : difference.changed();
    others.forEach(file -> names.addAll(readers.of().apply(file.path())));
    names.removeIf(name -> containers.state(name).filter(ContainerState::isRunning).isEmpty());
    return names;
  }

  /**
   * What is not as wanted.
   *
   * @param left what an earlier run has not come to
   * @param expired those whose certificates are good for nothing any more
   * @param unseen whether nobody can say what is there, so that everything counts as missing
   */
  private record Difference(
      List<HostFile> missing,
      List<HostFile> changed,
      RestartNote left,
      Set<String> expired,
      boolean unseen) {

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
