package io.rke4j.testkit.ssh;

import io.rke4j.testkit.host.Machine;
import java.security.KeyPair;
import java.security.PublicKey;

/** A host as its SSH server knows it: one user with one key. */
public final class SshHost {

  private final Machine machine;
  private final String user;
  private final PublicKey userKey;
  private final KeyPair hostKey;
  private volatile boolean inDockerGroup = true;
  private volatile boolean forwardsSockets = true;
  private volatile boolean forwardsPorts = true;

  /**
   * A host.
   *
   * @param machine the host
   * @param user the account that may log in
   * @param userKey with this key
   * @param hostKey the host's own key
   */
  public SshHost(Machine machine, String user, PublicKey userKey, KeyPair hostKey) {
    this.machine = machine;
    this.user = user;
    this.userKey = userKey;
    this.hostKey = hostKey;
  }

  /** The host itself. */
  public Machine machine() {
    return machine;
  }

  /** The account that may log in. */
  public String user() {
    return user;
  }

  PublicKey userKey() {
    return userKey;
  }

  KeyPair hostKey() {
    return hostKey;
  }

  /** Whether the user may use Docker's socket. */
  public boolean mayUseDocker() {
    return inDockerGroup || user.equals("root");
  }

  /** Says whether the user is in group {@code docker}. */
  public void inDockerGroup(boolean member) {
    inDockerGroup = member;
  }

  boolean forwardsSockets() {
    return forwardsSockets;
  }

  /** Says what {@code AllowStreamLocalForwarding} of the server's configuration says. */
  public void forwardsSockets(boolean allowed) {
    forwardsSockets = allowed;
  }

  boolean forwardsPorts() {
    return forwardsPorts;
  }

  /** Says what {@code AllowTcpForwarding} of the server's configuration says. */
  public void forwardsPorts(boolean allowed) {
    forwardsPorts = allowed;
  }
}
