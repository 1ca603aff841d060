package io.rke4j.api.cluster;

import java.nio.file.Path;

/** The private key that opens a host. */
public sealed interface SshKey {

  /** A key in a file; read when the host is connected, never stored. */
  record FromFile(Path path) implements SshKey {}

  /** A key given as text in PEM or OpenSSH form. */
  record Inline(Secret pem) implements SshKey {}
}
