package io.rke4j.vsphere.settings;

import java.nio.file.Path;
import java.util.Locale;

/**
 * How the certificate of vCenter is verified. There is no way to have it unverified, which is what
 * Rancher does.
 */
public sealed interface ServerTrust {

  /** By the authorities that this Java runtime trusts. */
  record OfTheRuntime() implements ServerTrust {}

  /**
   * By authorities of the user's own; the name in the certificate is checked, too.
   *
   * @param file certificates in PEM
   */
  record Authority(Path file) implements ServerTrust {}

  /**
   * By its fingerprint: exactly one certificate is taken, whatever its name and its authority.
   *
   * @param sha256 64 hexadecimal digits in lower case
   */
  record Pinned(String sha256) implements ServerTrust {
    /** Checks the form. */
    public Pinned {
      if (!sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException(
            "'" + sha256 + "' is not a SHA-256 fingerprint: 64 hexadecimal digits");
      }
    }
  }

  /** By the authorities that this Java runtime trusts. */
  static ServerTrust ofTheRuntime() {
    return new OfTheRuntime();
  }

  /** By authorities whose certificates a PEM file has. */
  static ServerTrust authority(Path file) {
    return new Authority(file);
  }

  /** By the SHA-256 fingerprint of the server's certificate, with or without colons. */
  static ServerTrust pinned(String fingerprint) {
    return new Pinned(fingerprint.replace(":", "").toLowerCase(Locale.ROOT));
  }
}
