package io.rke4j.api.cluster;

import java.time.Instant;

/** Whether and how Secrets are encrypted before they are kept in etcd. */
public sealed interface SecretsEncryption {

  /** They are not. */
  record Off() implements SecretsEncryption {}

  /**
   * By AES in CBC mode, with a key that is made when the cluster is first built so, and kept with
   * the cluster's other keys.
   *
   * @param keyMadeSince a key that was made before this moment is replaced by a new one, and every
   *     Secret is written with that; {@link Instant#EPOCH} if any will do
   */
  record Generated(Instant keyMadeSince) implements SecretsEncryption {

    /** Whatever its age. */
    public Generated() {
      this(Instant.EPOCH);
    }
  }

  /**
   * As the user says.
   *
   * @param configuration an {@code EncryptionConfiguration} as YAML, keys included
   */
  record Custom(Secret configuration) implements SecretsEncryption {}
}
