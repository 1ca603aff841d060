package io.rke4j.vsphere.settings;

import io.rke4j.api.cluster.SshKey;
import java.util.List;

/** The key that opens the machines. */
public sealed interface LoginKey {

  /** Public keys that may log in, as lines of {@code authorized_keys}. */
  List<String> authorizedKeys();

  /**
   * A key of the user's.
   *
   * @param key the private half, or an agent that has it
   * @param authorizedKeys its public half, and others that may come in
   */
  record Given(SshKey key, List<String> authorizedKeys) implements LoginKey {

    /** Checks that there is a key that may come in. */
    public Given {
      authorizedKeys = checked(authorizedKeys);
      if (authorizedKeys.isEmpty()) {
        throw new IllegalArgumentException("no public key is given, so nobody could log in");
      }
    }
  }

  /**
   * A key that the driver makes and keeps in its folder.
   *
   * @param authorizedKeys others that may come in, too
   */
  record Made(List<String> authorizedKeys) implements LoginKey {

    /** Checks the others. */
    public Made {
      authorizedKeys = checked(authorizedKeys);
    }
  }

  private static List<String> checked(List<String> keys) {
    for (String key : keys) {
      if (!key.matches("(ssh|ecdsa|sk)-[-@.a-z0-9]+ [A-Za-z0-9+/=]+( [^\\r\\n]*)?")) {
        throw new IllegalArgumentException("this is not a public key of OpenSSH: " + key);
      }
    }
    return List.copyOf(keys);
  }
}
