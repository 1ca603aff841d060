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
 * @param before the configuration that was in force everywhere when this one was begun, until
 *     everything is written; empty if there was none, or is no need of it
 */
public record EncryptionRecord(
    Secret configuration,
    boolean generated,
    boolean decrypting,
    boolean rewritten,
    Instant keyMade,
    Secret before) {

  private static final Secret PLAIN = Secret.of("");

  /** Secrets are not encrypted. */
  public static final EncryptionRecord NONE =
      new EncryptionRecord(PLAIN, false, false, true, Instant.EPOCH, PLAIN);

  /** The start of encryption with somebody else's configuration, or by a key of unknown age. */
  public static EncryptionRecord begin(Secret configuration, boolean generated) {
    return new EncryptionRecord(configuration, generated, false, false, Instant.EPOCH, PLAIN);
  }

  /** The start of encryption with a key that was just made. */
  public static EncryptionRecord begin(Secret configuration, Instant keyMade) {
    return new EncryptionRecord(configuration, true, false, false, keyMade, PLAIN);
  }

  /** The same after another one, with which API servers still work. */
  public EncryptionRecord following(EncryptionRecord former) {
    return after(former.known());
  }

  /** The same where every API server that runs works with it already. */
  public EncryptionRecord knownToAll() {
    return after(configuration);
  }

  private EncryptionRecord after(Secret known) {
    return new EncryptionRecord(configuration, generated, decrypting, rewritten, keyMade, known);
  }

  /**
   * A configuration by which every API server that runs can read, whatever a run that did not come
   * to its end has brought to some of them; empty if they can read only what is plain.
   */
  public Secret known() {
    if (!rewritten) {
      return before;
    }
    return decrypting ? PLAIN : configuration;
  }

  /** Whether Secrets are, or may be, encrypted. */
  public boolean isSet() {
    return !equals(NONE);
  }

  /** The same on the way back to plain Secrets, or in the other direction. */
  public EncryptionRecord turned(boolean toPlain) {
    return decrypting == toPlain
        ? this
        : new EncryptionRecord(configuration, generated, toPlain, false, keyMade, known());
  }

  /** The same once every Secret is written. */
  public EncryptionRecord finished() {
    return new EncryptionRecord(configuration, generated, decrypting, true, keyMade, PLAIN);
  }

  /** The file that the API server reads. */
  public Secret file() {
    return decrypting ? EncryptionFile.decrypting(configuration) : configuration;
  }
}
