package io.rke4j.core;

import io.rke4j.api.cluster.Secret;
import io.rke4j.spi.state.Lease;
import io.rke4j.spi.state.StateStore;
import java.time.Duration;
import java.util.Optional;

/** Remembers nothing: for a plan of a cluster from nothing. */
final class NoState implements StateStore {

  @Override
  public Optional<Secret> load(String cluster) {
    return Optional.empty();
  }

  @Override
  public void save(String cluster, Secret document) {
    throw new IllegalStateException("an offline plan saves nothing");
  }

  @Override
  public void delete(String cluster) {
    throw new IllegalStateException("an offline plan deletes nothing");
  }

  @Override
  public Lease acquire(String cluster, Duration atMost) {
    throw new IllegalStateException("an offline plan changes nothing");
  }
}
