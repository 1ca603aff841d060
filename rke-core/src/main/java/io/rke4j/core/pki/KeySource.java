package io.rke4j.core.pki;

import io.rke4j.spi.CancellationToken;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Gives the RSA keys of a cluster. They are all that takes time in its certificates, so tests that
 * build hundreds of clusters take keys that were made before.
 */
public interface KeySource {

  /**
   * One key per name.
   *
   * @param names who needs a key
   * @param executor may be used to generate keys side by side
   * @param cancellation ends it early
   * @throws io.rke4j.spi.OperationCancelledException if cancelled meanwhile
   */
  Map<String, KeyPair> keys(
      Collection<String> names, Executor executor, CancellationToken cancellation)
      throws GeneralSecurityException;

  /**
   * Hears that keys will probably be asked for, and returns at once.
   *
   * @param count how many
   * @param executor may be used to generate them meanwhile
   */
  default void foresee(int count, Executor executor) {}
}
