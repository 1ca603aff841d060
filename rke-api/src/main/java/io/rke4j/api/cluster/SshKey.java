package io.rke4j.api.cluster;

import java.nio.file.Path;

/** What opens a host: a private key, or an agent that has some. */
public sealed interface SshKey {

  /** A key in a file; read when the host is connected, never stored. */
  record FromFile(Path path) implements SshKey {}

  /** A key given as text in PEM or OpenSSH form. */
  record Inline(Secret pem) implements SshKey {}

  /** A key that is encrypted. */
  record Encrypted(SshKey key, Secret passphrase) implements SshKey {
    /** Refuses an agent, which knows its keys' passphrases itself. */
    public Encrypted {
      refuseAgent(key, "a passphrase");
    }
  }

  /** A key that OpenSSH's authority of the hosts has certified. */
  record Certified(SshKey key, SshCertificate certificate) implements SshKey {
    /** Refuses an agent, which keeps certificates itself. */
    public Certified {
      refuseAgent(key, "a certificate");
    }
  }

  /**
   * The keys and certificates of an SSH agent, tried one after the other.
   *
   * @param socket the path of its socket; empty for the one that the environment's {@code
   *     SSH_AUTH_SOCK} names when a host is connected
   */
  record Agent(String socket) implements SshKey {}

  /** A key in a file. */
  static SshKey file(Path path) {
    return new FromFile(path);
  }

  /** A key given as text in PEM or OpenSSH form. */
  static SshKey text(Secret pem) {
    return new Inline(pem);
  }

  /** The agent that the environment's {@code SSH_AUTH_SOCK} names. */
  static SshKey agent() {
    return new Agent("");
  }

  /** The agent that listens on a socket. */
  static SshKey agent(Path socket) {
    return new Agent(socket.toString());
  }

  /** This key, which is encrypted with a passphrase. */
  default SshKey encryptedWith(Secret passphrase) {
    return new Encrypted(this, passphrase);
  }

  /** This key, shown with a certificate: what {@code ssh-keygen -s} writes. */
  default SshKey certifiedBy(SshCertificate certificate) {
    return new Certified(this, certificate);
  }

  private static void refuseAgent(SshKey key, String what) {
    if (key instanceof Agent) {
      throw new IllegalArgumentException("an agent's keys are used without " + what);
    }
  }
}
