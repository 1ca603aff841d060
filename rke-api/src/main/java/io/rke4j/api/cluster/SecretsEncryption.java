package io.rke4j.api.cluster;

/** Whether and how Secrets are encrypted before they are kept in etcd. */
public sealed interface SecretsEncryption {

  /** They are not. */
  record Off() implements SecretsEncryption {}

  /**
   * By AES in CBC mode, with a key that is made when the cluster is first built so, and kept with
   * the cluster's other keys.
   */
  record Generated() implements SecretsEncryption {}

  /**
   * As the user says.
   *
   * @param configuration an {@code EncryptionConfiguration} as YAML, keys included
   */
  record Custom(Secret configuration) implements SecretsEncryption {}
}
