package io.rke4j.spi.state;

import io.rke4j.api.cluster.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps what must survive a run: one document per cluster, keys included. Thread-safe. A store must
 * replace a document as a whole or not at all, and let nobody but its owner read it.
 */
public interface StateStore {

  /** The document of a cluster, if there is one. */
  Optional<Secret> load(String cluster);

  /**
   * Replaces the document of a cluster. Once this returns, a crash does not lose it.
   *
   * @throws io.rke4j.spi.ProviderException if it cannot be kept, for example because it is too
   *     large; the one before is then still there
   */
  void save(String cluster, Secret document);

  /** Forgets a cluster; where there is none, does nothing. */
  void delete(String cluster);

  /**
   * Takes the right to change a cluster, and keeps it until the lease is closed.
   *
   * @param atMost how long to wait for another holder
   * @throws LeaseHeldException if somebody else still holds it then
   */
  Lease acquire(String cluster, Duration atMost);
}
