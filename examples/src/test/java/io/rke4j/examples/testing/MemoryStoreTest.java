package io.rke4j.examples.testing;

import io.rke4j.api.cluster.Secret;
import io.rke4j.spi.state.Lease;
import io.rke4j.spi.state.LeaseHeldException;
import io.rke4j.spi.state.StateStore;
import io.rke4j.testkit.contract.StateStoreContract;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

// tag::contract[]
class MemoryStoreTest extends StateStoreContract {

  private final MemoryStore store = new MemoryStore();

  @Override
  protected StateStore open() {
    return store;
  }
}

// end::contract[]

/** A store for programs that forget their clusters when they end. */
final class MemoryStore implements StateStore {

  private final Map<String, Secret> documents = new ConcurrentHashMap<>();
  private final Map<String, Semaphore> leases = new ConcurrentHashMap<>();

  @Override
  public Optional<Secret> load(String cluster) {
    return Optional.ofNullable(documents.get(cluster));
  }

  @Override
  public void save(String cluster, Secret document) {
    documents.put(cluster, document);
  }

  @Override
  public void delete(String cluster) {
    documents.remove(cluster);
  }

  @Override
  public Lease acquire(String cluster, Duration atMost) {
    Semaphore free = leases.computeIfAbsent(cluster, name -> new Semaphore(1));
    try {
      if (free.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        return new HeldHere(free, new AtomicBoolean(true));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new LeaseHeldException(cluster, "another run of this program");
  }

  private record HeldHere(Semaphore free, AtomicBoolean held) implements Lease {

    @Override
    public boolean isHeld() {
      return held.get();
    }

    @Override
    public void close() {
      if (held.compareAndSet(true, false)) {
        free.release();
      }
    }
  }
}
