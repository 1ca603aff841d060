package io.rke4j.core.pki;

import io.rke4j.spi.CancellationToken;
import io.rke4j.spi.OperationCancelledException;
import java.security.KeyPair;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Keys that the caller has, in the order in which they are given.
 *
 * @param supplier gives them
 */
public record SuppliedKeys(Supplier<KeyPair> supplier) implements KeySource {

  @Override
  public Map<String, KeyPair> keys(
      Collection<String> names, Executor executor, CancellationToken cancellation) {
    Map<String, KeyPair> keys = new LinkedHashMap<>();
    for (String name : names) {
      if (cancellation.isCancelled()) {
        throw new OperationCancelledException("generating the cluster's keys");
      }
      keys.put(name, supplier.get());
    }
    return keys;
  }
}
