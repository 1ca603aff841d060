package io.rke4j.core;

import io.rke4j.core.pki.KeySource;
import io.rke4j.spi.CancellationToken;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Keys that are made once for all tests of a JVM, and given out in turn. A cluster has no key
 * twice, and the next cluster has others: whatever takes old files for new ones is still found out.
 */
final class RecordedKeys implements KeySource {

  private static final RecordedKeys SHARED = new RecordedKeys();
  private static final int BITS = 2048;

  /** Twice what a cluster of three hosts needs, and some. */
  private static final int MOST = 48;

  private final List<KeyPair> pool = new ArrayList<>();
  private int next;

  private RecordedKeys() {}

  /** The keys of all tests. */
  static KeySource shared() {
    return SHARED;
  }

  @Override
  public synchronized Map<String, KeyPair> keys(
      Collection<String> names, Executor executor, CancellationToken cancellation)
      throws GeneralSecurityException {
    Map<String, KeyPair> keys = new LinkedHashMap<>();
    for (String name : names) {
      keys.put(name, next());
    }
    return keys;
  }

  private KeyPair next() throws GeneralSecurityException {
    if (pool.size() < MOST) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      pool.add(generator.generateKeyPair());
      return pool.get(pool.size() - 1);
    }
    next = (next + 1) % MOST;
    return pool.get(next);
  }
}
