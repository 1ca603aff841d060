package io.rke4j.vsphere.settings;

import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SshAccess;
import java.time.Duration;
import java.util.List;

/**
 * How the driver gets into a machine. cloud-init makes the account; it has a key and no password.
 *
 * @param ssh the account, sshd's port and the private key
 * @param group a group of the account, made if there is none; empty for none
 * @param authorizedKeys the public halves of the key, as lines of {@code authorized_keys}
 * @param cloudConfig a cloud-config of the user's own that comes first; empty for none
 * @param addressTimeout how long a machine may take from power-on until it has an address
 */
public record GuestAccess(
    SshAccess ssh,
    String group,
    List<String> authorizedKeys,
    Secret cloudConfig,
    Duration addressTimeout) {

  /** How long Linux needs to boot at most, on slow storage. */
  public static final Duration DEFAULT_ADDRESS_TIMEOUT = Duration.ofMinutes(10);

  /** Checks that there is a key that may come in, and that the cloud-config says what it is. */
  public GuestAccess {
    authorizedKeys = List.copyOf(authorizedKeys);
    if (authorizedKeys.isEmpty()) {
      throw new IllegalArgumentException("no public key is given, so nobody could log in");
    }
    for (String key : authorizedKeys) {
      if (!key.matches("(ssh|ecdsa|sk)-[-@.a-z0-9]+ [A-Za-z0-9+/=]+( [^\\r\\n]*)?")) {
        throw new IllegalArgumentException("this is not a public key of OpenSSH: " + key);
      }
    }
    String text = cloudConfig.reveal();
    if (!text.isBlank() && text.startsWith("#!")) {
      throw new IllegalArgumentException(
          "the cloud-config is a script: put it under runcmd or write_files");
    }
  }

  /** An account with one key, the group {@code staff} and Rancher's defaults for the rest. */
  public static GuestAccess of(SshAccess ssh, String authorizedKey) {
    return new GuestAccess(
        ssh, "staff", List.of(authorizedKey), Secret.of(""), DEFAULT_ADDRESS_TIMEOUT);
  }
}
