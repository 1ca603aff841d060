package io.rke4j.api.cluster;

import java.nio.file.Path;

/** Collects the parts of one bastion host. */
public final class BastionBuilder {

  private final String path;
  private final String address;
  private final Problems problems;
  private final SshParts ssh = new SshParts();

  BastionBuilder(String path, String address, Problems problems) {
    this.path = path;
    this.address = address;
    this.problems = problems;
  }

  /** The account to log in with; it needs no rights but to forward ports. */
  public BastionBuilder user(String account) {
    ssh.user = account;
    return this;
  }

  /** The port of sshd; 22 if not called. */
  public BastionBuilder port(int number) {
    ssh.port = number;
    return this;
  }

  /** The private key's file; {@code ~/.ssh/id_rsa} if no key is given. */
  public BastionBuilder sshKey(Path file) {
    ssh.key = new SshKey.FromFile(file);
    return this;
  }

  /** A key with a passphrase or a certificate, or an agent that has the keys. */
  public BastionBuilder sshKey(SshKey keyOrAgent) {
    ssh.key = keyOrAgent;
    return this;
  }

  /** The private key itself. */
  public BastionBuilder sshKey(Secret pem) {
    ssh.key = new SshKey.Inline(pem);
    return this;
  }

  Bastion build() {
    if (address.isBlank()) {
      problems.add(path + ".address", "is missing", "give the host's name or IP address");
    } else {
      Addresses.check(path + ".address", address, problems);
    }
    return new Bastion(address, ssh.build(path, problems));
  }
}
