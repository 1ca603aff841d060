package io.rke4j.core.ssh;

import io.rke4j.spi.node.LoginRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuth;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AuthMethod;

/**
 * A server that asks who comes, and what it means when it lets nobody in.
 *
 * @param client the connection to it
 * @param login who comes
 */
record Door(SSHClient client, Login login) {

  private static final String BY_KEY = "publickey";
  private static final String REFUSED = "the server refused it";

  /** Tries one key after the other. */
  void enter(List<AuthMethod> keys) throws TransportException {
    List<UserAuthException> refusals = new ArrayList<>();
    for (AuthMethod key : keys) {
      try {
        client.auth(login.access().user(), key);
        return;
      } catch (UserAuthException e) {
        Optional<TransportException> end = end(e);
        if (end.isPresent()) {
          throw hungUp(end.get(), keys.size());
        }
        refusals.add(e);
      } catch (TransportException e) {
        throw hungUp(e, keys.size());
      }
    }
    throw login.rejected(why(), refusals.get(refusals.size() - 1));
  }

  /** The end of the connection, if that is what a refusal is about. */
  private static Optional<TransportException> end(UserAuthException refusal) {
    return Stream.<Throwable>iterate(refusal, Objects::nonNull, Throwable::getCause)
        .filter(TransportException.class::isInstance)
        .map(TransportException.class::cast)
        .findFirst();
  }

  private LoginRejectedException hungUp(TransportException end, int keys)
      throws TransportException {
    DisconnectReason reason = end.getDisconnectReason();
    // So OpenSSH ends a login with too many keys.
    boolean hadEnough = reason == DisconnectReason.PROTOCOL_ERROR;
    if (!hadEnough && reason != DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE) {
      throw end;
    }
    return login.rejected(
        hadEnough && keys > 1
            ? "the server gave up before all "
                + keys
                + " keys were tried; set 'MaxAuthTries "
                + keys
                + "' in its sshd_config, or take keys out of the agent"
            : REFUSED,
        end);
  }

  private String why() {
    UserAuth answer = client.getUserAuth();
    String taken = String.join(", ", answer.getAllowedMethods());
    if (answer.hadPartialSuccess()) {
      return "the server takes it and wants more ("
          + taken
          + "); set 'AuthenticationMethods publickey' in its sshd_config";
    }
    return answer.getAllowedMethods().contains(BY_KEY)
        ? REFUSED
        : "the server takes no keys at all (but "
            + (taken.isEmpty() ? "nothing else" : taken)
            + "); set 'PubkeyAuthentication yes' in its sshd_config";
  }
}
