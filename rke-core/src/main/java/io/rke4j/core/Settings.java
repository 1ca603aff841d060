package io.rke4j.core;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.event.ProvisionListener;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.engine.Patience;
import io.rke4j.core.pki.KeySource;
import io.rke4j.spi.addon.AddonDeployerProvider;
import io.rke4j.spi.node.NodeDriver;
import io.rke4j.spi.runtime.ContainerRuntimeProvider;
import io.rke4j.spi.state.StateStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * What a provisioner was configured with.
 *
 * @param plugins the exchangeable parts
 * @param hostKeys whose word is taken for a host's key
 * @param listeners who watches every run
 * @param executor the user's threads, if any were given
 * @param maxParallelNodes how many nodes are worked on at the same time
 * @param serial whether one step runs after the other
 */
record Settings(
    Plugins plugins,
    HostKeyPolicy hostKeys,
    List<ProvisionListener> listeners,
    Optional<ExecutorService> executor,
    int maxParallelNodes,
    boolean serial) {

  Settings {
    listeners = List.copyOf(listeners);
  }

  /**
   * The exchangeable parts.
   *
   * @param driver makes machines
   * @param runtimes runs containers
   * @param deployers puts addons into clusters
   * @param store keeps state and keys
   * @param versions knows Kubernetes versions
   * @param internals what only tests exchange
   */
  record Plugins(
      NodeDriver driver,
      ContainerRuntimeProvider runtimes,
      AddonDeployerProvider deployers,
      StateStore store,
      VersionCatalogue versions,
      Internals internals) {}

  /**
   * What only tests exchange, so that hundreds of runs take no more time than they need.
   *
   * @param keys gives the keys of new certificates
   * @param patience how long the engine gives others
   */
  record Internals(KeySource keys, Patience patience) {
    static final Internals USUAL = new Internals(KeySource.GENERATED, Patience.USUAL);
  }
}
