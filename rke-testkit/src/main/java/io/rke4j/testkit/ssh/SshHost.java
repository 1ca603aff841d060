package io.rke4j.testkit.ssh;

import io.rke4j.testkit.host.Machine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.util.security.SecurityUtils;

/** A host as its SSH server knows it: one user with one key. */
public final class SshHost {

  private final Machine machine;
  private volatile Identity identity;
  private volatile boolean inDockerGroup = true;
  private volatile boolean forwardsSockets = true;
  private volatile boolean forwardsPorts = true;

  private record Identity(String user, PublicKey userKey, KeyPair hostKey) {}

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
    this.identity = new Identity(user, userKey, hostKey);
  }

  /**
   * Gives it another account, key and host key, as cloud-init does when a machine boots first.
   *
   * @param user the account that may log in
   * @param authorizedKey with this key, a line of {@code authorized_keys}
   * @param hostKey the host's own private key, in a format of OpenSSH
   * @throws IllegalArgumentException if one of them is no key
   */
  public void become(String user, String authorizedKey, String hostKey) {
    try {
      PublicKey userKey =
          AuthorizedKeyEntry.parseAuthorizedKeyEntry(authorizedKey)
              .resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
      KeyPair own =
          SecurityUtils.loadKeyPairIdentities(
                  null,
                  NamedResource.ofName("host key"),
                  new ByteArrayInputStream(hostKey.getBytes(StandardCharsets.US_ASCII)),
                  null)
              .iterator()
              .next();
      identity = new Identity(user, userKey, own);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("this is no key", e);
    }
  }

  /** The host itself. */
  public Machine machine() {
    return machine;
  }

  /** The account that may log in. */
  public String user() {
    return identity.user();
  }

  PublicKey userKey() {
    return identity.userKey();
  }

  /** Its own key. */
  public KeyPair hostKey() {
    return identity.hostKey();
  }

  /** Whether the user may use Docker's socket. */
  public boolean mayUseDocker() {
    return inDockerGroup || identity.user().equals("root");
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
