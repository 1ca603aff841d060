package io.rke4j.core;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.Pace;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.event.ProvisionListener;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.engine.Executor;
import io.rke4j.core.engine.Patience;
import io.rke4j.core.management.ClusterAccount;
import io.rke4j.core.management.ConditionsListener;
import io.rke4j.core.management.Management;
import io.rke4j.core.pki.KeySource;
import io.rke4j.spi.addon.AddonDeployerProvider;
import io.rke4j.spi.node.NodeDriver;
import io.rke4j.spi.runtime.ContainerRuntimeProvider;
import io.rke4j.spi.state.StateStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;

/**
 * What a provisioner was configured with.
 *
 * @param plugins the exchangeable parts
 * @param hostKeys whose word is taken for a host's key
 * @param listeners who watches every run
 * @param executor the user's threads, if any were given
 * @param maxParallelNodes how many nodes are worked on at the same time, if the user says so
 * @param serial whether one step runs after the other
 */
record Settings(
    Plugins plugins,
    HostKeyPolicy hostKeys,
    List<ProvisionListener> listeners,
    Optional<ExecutorService> executor,
    OptionalInt maxParallelNodes,
    boolean serial) {

  private static final int USUAL_NODES = 10;

  /**
   * Nothing is pulled or written where a host is only asked what it is. What takes time is that the
   * host waits for others, up to two seconds, so that looking at ten at a time makes fifty take ten
   * seconds. A thousand connections at once would be too much for a bastion host, though.
   */
  private static final int USUAL_CHECKED_NODES = 50;

  Settings {
    listeners = List.copyOf(listeners);
  }

  /** How much runs at the same time. */
  Executor.Limits limits() {
    return new Executor.Limits(
        atOnce(USUAL_NODES), serial, Patience.at(plugins.internals().pace()));
  }

  /** How many nodes are asked at the same time what they are, and nothing more. */
  int checkedNodes() {
    return atOnce(USUAL_CHECKED_NODES);
  }

  private int atOnce(int usual) {
    return serial ? 1 : maxParallelNodes.orElse(usual);
  }

  /** What is kept of a cluster in the management cluster, if there is one. */
  Optional<ClusterAccount> account(ClusterSpec spec) {
    return plugins.management().map(cluster -> cluster.account(spec.name()));
  }

  /** Who watches a run on that cluster. */
  List<ProvisionListener> listeners(ClusterSpec spec, Clock clock) {
    List<ProvisionListener> all = new ArrayList<>(listeners);
    account(spec).ifPresent(kept -> all.add(new ConditionsListener(kept, clock)));
    return all;
  }

  /**
   * The exchangeable parts.
   *
   * @param driver makes machines
   * @param runtimes runs containers
   * @param deployers puts addons into clusters
   * @param kept keeps what has to outlast a run
   * @param versions knows Kubernetes versions
   * @param internals what hardly anybody exchanges but tests
   */
  record Plugins(
      NodeDriver driver,
      ContainerRuntimeProvider runtimes,
      AddonDeployerProvider deployers,
      Kept kept,
      VersionCatalogue versions,
      Internals internals) {

    StateStore store() {
      return kept.store();
    }

    Optional<Management> management() {
      return kept.management();
    }
  }

  /**
   * Where it is kept what has to outlast a run.
   *
   * @param store keeps state and keys
   * @param management where account is kept of clusters, if anywhere
   */
  record Kept(StateStore store, Optional<Management> management) {}

  /**
   * What hardly anybody exchanges but tests, so that hundreds of runs take no more time than they
   * need.
   *
   * @param keys gives the keys of new certificates
   * @param pace how long to wait
   */
  record Internals(KeySource keys, Pace pace) {}
}
