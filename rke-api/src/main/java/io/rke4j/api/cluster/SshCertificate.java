package io.rke4j.api.cluster;

import java.nio.file.Path;

/** An OpenSSH certificate of a user's key. It is no secret. */
public sealed interface SshCertificate {

  /** A certificate in a file, for example {@code id_ed25519-cert.pub}; read when it is needed. */
  record FromFile(Path path) implements SshCertificate {}

  /** A certificate given as text: its one line. */
  record Inline(String line) implements SshCertificate {}

  /** A certificate in a file. */
  static SshCertificate file(Path path) {
    return new FromFile(path);
  }

  /** A certificate given as text. */
  static SshCertificate text(String line) {
    return new Inline(line);
  }
}
