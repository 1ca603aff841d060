package io.rke4j.api;

import java.nio.file.Path;
import java.util.Map;

/**
 * Whose word is taken that a host is the one it claims to be. There is no way to skip the check.
 */
public sealed interface HostKeyPolicy {

  /** A host must be in this file, in OpenSSH's format. It is only read. */
  record KnownHosts(Path file) implements HostKeyPolicy {}

  /**
   * A host must show the key with this fingerprint.
   *
   * @param fingerprints by address, or by {@code [address]:port} where the port is not 22; each in
   *     OpenSSH's form {@code SHA256:…}
   */
  record Pinned(Map<String, String> fingerprints) implements HostKeyPolicy {
    /** Copies the map. */
    public Pinned {
      fingerprints = Map.copyOf(fingerprints);
    }
  }

  /**
   * A host that is not in this file yet is trusted and written down; from then on it must show the
   * same key.
   */
  record TrustOnFirstUse(Path file) implements HostKeyPolicy {}

  /** The user's own {@code ~/.ssh/known_hosts}: the default. */
  static HostKeyPolicy userKnownHosts() {
    return new KnownHosts(Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"));
  }
}
