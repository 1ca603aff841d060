package io.rke4j.testkit;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * RSA keys that are generated once in a JVM and given out in turn, for tests that build one cluster
 * after the other: the keys are what takes most of the time. To be used as {@code
 * ClusterProvisioner.builder().keys(TestKeys.shared())}; {@code @SimulatedCluster} does so by
 * itself. A cluster of a few hosts has no key twice, and the next one has others, so that whatever
 * takes old files for new ones is still found out. Thread-safe.
 */
public final class TestKeys implements Supplier<KeyPair> {

  private static final TestKeys SHARED = new TestKeys();
  private static final int BITS = 2048;

  /** Twice what a cluster of three hosts needs, and some. */
  private static final int MOST = 32;

  private final List<KeyPair> pool = new ArrayList<>();
  private int next;

  private TestKeys() {}

  /** The keys of all tests of this JVM. */
  public static TestKeys shared() {
    return SHARED;
  }

  @Override
  public synchronized KeyPair get() {
    if (pool.size() < MOST) {
      pool.add(generate());
      return pool.get(pool.size() - 1);
    }
    next = (next + 1) % MOST;
    return pool.get(next);
  }

  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no RSA", e);
    }
  }
}
