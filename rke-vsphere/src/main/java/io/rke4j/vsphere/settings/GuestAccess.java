package io.rke4j.vsphere.settings;

import io.rke4j.api.cluster.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How the driver gets into a machine. cloud-init makes the account; it has a key and no password.
 * The machine's host key is made by the driver, so that nobody has to trust it at first sight.
 *
 * @param account the account
 * @param login the key that opens it
 * @param keyFolder where the driver keeps the keys that it makes
 * @param cloudConfig a cloud-config of the user's own that comes first; empty for none
 * @param addressTimeout how long a machine may take from power-on until it has an address
 * @param shutdownTimeout how long the guest may take to shut down before its machine is powered off
 *     and destroyed; zero to power it off at once
 */
public record GuestAccess(
    Account account,
    LoginKey login,
    Path keyFolder,
    Secret cloudConfig,
    Duration addressTimeout,
    Duration shutdownTimeout) {

  /** How long Linux needs to boot at most, on slow storage. */
  public static final Duration DEFAULT_ADDRESS_TIMEOUT = Duration.ofMinutes(10);

  private static final Pattern HOST_KEYS =
      Pattern.compile("^(ssh_keys|ssh_deletekeys)[ \\t]*:", Pattern.MULTILINE);

  /** Checks that the cloud-config says what it is, and leaves the host keys to the driver. */
  public GuestAccess {
    String text = cloudConfig.reveal();
    if (!text.isBlank() && text.startsWith("#!")) {
      throw new IllegalArgumentException(
          "the cloud-config is a script: put it under runcmd or write_files");
    }
    if (HOST_KEYS.matcher(text).find()) {
      throw new IllegalArgumentException(
          "the cloud-config sets ssh_keys or ssh_deletekeys, and the driver makes the host keys:"
              + " leave it out");
    }
  }
}
