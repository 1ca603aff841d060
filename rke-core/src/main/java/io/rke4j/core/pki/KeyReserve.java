package io.rke4j.core.pki;

import io.rke4j.spi.CancellationToken;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * Fresh keys, the only ones that a real cluster may have. While a new cluster is planned, hosts are
 * waited for and processors have nothing to do; its keys are begun then. However many plans are
 * made, no more keys wait than the largest of them needs. Thread-safe.
 */
public final class KeyReserve implements KeySource {

  private final Queue<FutureTask<KeyPair>> ahead = new ArrayDeque<>();

  @Override
  public void foresee(int count, Executor executor) {
    List<FutureTask<KeyPair>> missing = prepare(count);
    if (!missing.isEmpty()) {
      // One thread: a plan is not to be late for the sake of keys.
      executor.execute(() -> generate(missing));
    }
  }

  private synchronized List<FutureTask<KeyPair>> prepare(int count) {
    List<FutureTask<KeyPair>> missing = new ArrayList<>();
    while (ahead.size() < count) {
      FutureTask<KeyPair> key = KeyGeneration.task();
      ahead.add(key);
      missing.add(key);
    }
    return missing;
  }

  /** Ends when the provisioner is closed; who takes a key that was not begun generates it. */
  private static void generate(List<FutureTask<KeyPair>> keys) {
    for (FutureTask<KeyPair> key : keys) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      key.run();
    }
  }

  @Override
  public Map<String, KeyPair> keys(
      Collection<String> names, Executor executor, CancellationToken cancellation)
      throws GeneralSecurityException {
    return new KeyGeneration(executor, cancellation).finish(take(names));
  }

  private synchronized Map<String, FutureTask<KeyPair>> take(Collection<String> names) {
    Map<String, FutureTask<KeyPair>> keys = new LinkedHashMap<>();
    for (String name : names) {
      keys.put(name, ahead.isEmpty() ? KeyGeneration.task() : ahead.remove());
    }
    return keys;
  }
}
