package io.rke4j.core.ssh;

import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SshCertificate;
import io.rke4j.api.cluster.SshKey;
import java.util.Optional;

/**
 * A key with what belongs to it.
 *
 * @param key a file, a text or an agent
 * @param passphrase what it is encrypted with, if it is
 * @param certificate what it is shown with, if it is certified
 */
record KeyParts(SshKey key, Optional<Secret> passphrase, Optional<SshCertificate> certificate) {

  static KeyParts of(SshKey key) {
    if (key instanceof SshKey.Encrypted encrypted) {
      KeyParts inner = of(encrypted.key());
      return new KeyParts(inner.key, Optional.of(encrypted.passphrase()), inner.certificate);
    }
    if (key instanceof SshKey.Certified certified) {
      KeyParts inner = of(certified.key());
      return new KeyParts(inner.key, inner.passphrase, Optional.of(certified.certificate()));
    }
    return new KeyParts(key, Optional.empty(), Optional.empty());
  }
}
