package io.rke4j.core.state;

import io.rke4j.api.cluster.Secret;
import io.rke4j.core.document.EncryptionFile;
import java.time.Instant;

/**
 * What is remembered of how Secrets are encrypted in etcd.
 *
 * @param configuration the {@code EncryptionConfiguration} in force, keys included; empty if
 *     Secrets are not encrypted
 * @param generated whether its key was made here
 * @param decrypting whether Secrets are being, or have been, written back in plain
 * @param rewritten whether every Secret has been written since the configuration was in force
 * @param keyMade when its key was made here; the epoch if that is not known
 */
public record EncryptionRecord(
    Secret configuration,
    boolean generated,
    boolean decrypting,
    boolean rewritten,
    Instant keyMade) {

  /** Secrets are not encrypted. */
  public static final EncryptionRecord NONE =
      new EncryptionRecord(Secret.of(""), false, false, true, Instant.EPOCH);

  /** The start of encryption with somebody else's configuration, or by a key of unknown age. */
  public static EncryptionRecord begin(Secret configuration, boolean generated) {
    return new EncryptionRecord(configuration, generated, false, false, Instant.EPOCH);
  }

  /** The start of encryption with a key that was just made. */
  public static EncryptionRecord begin(Secret configuration, Instant keyMade) {
    return new EncryptionRecord(configuration, true, false, false, keyMade);
  }

  /** Whether Secrets are, or may be, encrypted. */
  public boolean isSet() {
    return !equals(NONE);
  }

  /** The same on the way back to plain Secrets, or in the other direction. */
  public EncryptionRecord turned(boolean toPlain) {
    return decrypting == toPlain
        ? this
        : new EncryptionRecord(configuration, generated, toPlain, false, keyMade);
  }

  /** The same once every Secret is written. */
  public EncryptionRecord finished() {
    return new EncryptionRecord(configuration, generated, decrypting, true, keyMade);
  }

  /** The file that the API server reads. */
  public Secret file() {
    return decrypting ? EncryptionFile.decrypting(configuration) : configuration;
  }
}
