package io.rke4j.core.state;

import io.rke4j.api.cluster.Secret;
import io.rke4j.core.document.EncryptionFile;

/**
 * What is remembered of how Secrets are encrypted in etcd.
 *
 * @param configuration the {@code EncryptionConfiguration} in force, keys included; empty if
 *     Secrets are not encrypted
 * @param generated whether its key was made here
 * @param decrypting whether Secrets are being, or have been, written back in plain
 * @param rewritten whether every Secret has been written since the configuration was in force
 */
public record EncryptionRecord(
    Secret configuration, boolean generated, boolean decrypting, boolean rewritten) {

  /** Secrets are not encrypted. */
  public static final EncryptionRecord NONE =
      new EncryptionRecord(Secret.of(""), false, false, true);

  /** The start of encryption. */
  public static EncryptionRecord begin(Secret configuration, boolean generated) {
    return new EncryptionRecord(configuration, generated, false, false);
  }

  /** Whether Secrets are, or may be, encrypted. */
  public boolean isSet() {
    return !equals(NONE);
  }

  /** The same on the way back to plain Secrets, or in the other direction. */
  public EncryptionRecord turned(boolean toPlain) {
    return decrypting == toPlain
        ? this
        : new EncryptionRecord(configuration, generated, toPlain, false);
  }

  /** The same once every Secret is written. */
  public EncryptionRecord finished() {
    return new EncryptionRecord(configuration, generated, decrypting, true);
  }

  /** The file that the API server reads. */
  public Secret file() {
    return decrypting ? EncryptionFile.decrypting(configuration) : configuration;
  }
}
