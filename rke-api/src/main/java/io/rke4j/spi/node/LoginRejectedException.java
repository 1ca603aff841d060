package io.rke4j.spi.node;

import io.rke4j.spi.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The host is there but does not let this user in with this key. */
public final class LoginRejectedException extends ProviderException {

  private static final long serialVersionUID = 1L;

  /** Names the host, the user, the key and the reason. */
  public LoginRejectedException(
      String host, String user, String key, String why, @Nullable Throwable cause) {
    super(
        "login-rejected",
        host + " does not accept user '" + user + "' with " + key + ": " + why,
        "Check the user name, and that the key's public half is in the user's authorized_keys; of a"
            + " certificate, that sshd trusts its authority (TrustedUserCAKeys) and that it names"
            + " the user; and that AllowUsers, DenyUsers, AllowGroups and DenyGroups of sshd, where"
            + " set, let the user in"
            + (user.equals("root")
                ? "; of root, that sshd has 'PermitRootLogin prohibit-password'"
                : ""),
        List.of(),
        false,
        cause);
  }
}
