package io.rke4j.core.ssh;

import io.rke4j.api.cluster.SshAccess;
import io.rke4j.spi.node.LoginRejectedException;
import java.util.List;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.method.AuthMethod;
import org.jspecify.annotations.Nullable;

/**
 * Who logs in where, with which key.
 *
 * @param host the address
 * @param access user, port and key
 * @param way how the host is reached
 * @param hostKeys the only keys that the host may have, each as {@code type base64}; if there are
 *     none, a policy decides
 */
record Login(String host, SshAccess access, Way way, List<String> hostKeys) {

  Login {
    hostKeys = List.copyOf(hostKeys);
  }

  /** To a host whose keys a policy judges. */
  Login(String host, SshAccess access, Way way) {
    this(host, access, way, List.of());
  }

  /** A host that is reached directly. */
  static final Way DIRECT = new Way("", "");

  /**
   * How a host is reached, as messages say it.
   *
   * @param role what the host is, with a space after it; empty if it is nothing but a host
   * @param bastion the last bastion host on the way; empty if there is none
   */
  record Way(String role, String bastion) {

    /** The next host on the way is a bastion host itself. */
    Way toBastion() {
      return new Way("bastion host ", bastion);
    }

    String bastionHost() {
      return bastion.replaceFirst(":\\d+$", "");
    }

    /** From here on, everything is reached through that bastion host. */
    Way through(Login next) {
      return new Way("", next.address());
    }
  }

  /** What the host is, its address and port, and how it is reached: for messages. */
  String target() {
    String through = way.bastion().isEmpty() ? "" : " (through bastion host " + way.bastion() + ")";
    return way.role() + address() + through;
  }

  private String address() {
    return host + ":" + access.port();
  }

  /** Tries to log in by these, one after the other. */
  List<AuthMethod> methods(SSHClient client) {
    return new KeyReader(this, KeyParts.of(access.key())).methods(client);
  }

  LoginRejectedException rejected(String why, @Nullable Throwable cause) {
    return new LoginRejectedException(
        target(), access.user(), KeyReader.name(access.key()), why, cause);
  }
}
