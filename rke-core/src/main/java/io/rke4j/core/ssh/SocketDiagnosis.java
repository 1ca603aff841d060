package io.rke4j.core.ssh;

import io.rke4j.spi.runtime.EngineAccessException;
import java.io.IOException;

/**
 * Finds out why a socket could not be opened. OpenSSH gives one answer for every reason, also where
 * it is itself what forbids it, so the host is asked.
 */
record SocketDiagnosis(Login login, RemoteCommands commands) {

  // A socket's file outlives its program; the kernel's list has only those that somebody listens
  // on.
  private static final String LOOK =
      "if [ ! -S %1$s ]; then echo missing; "
          + "elif [ ! -w %1$s ]; then echo denied; "
          + "elif ! grep -qF -- %2$s /proc/net/unix; then echo idle; fi";

  /** Throws if the socket is the problem, and not the way to it. */
  void requireUsable(String path, IOException cause) {
    String user = login.access().user();
    switch (look(path, cause)) {
      case "missing" ->
          throw problem(
              path,
              "there is no such socket",
              "Install and start Docker on the host, or name the socket's path if it is another",
              cause);
      case "denied" ->
          throw problem(
              path,
              "user '" + user + "' may not use it",
              "Add the user to the group of the socket: usermod -aG docker " + user,
              cause);
      case "idle" ->
          throw problem(
              path,
              "nobody listens on it",
              "Start Docker on the host: systemctl start docker",
              cause);
      default -> {
        // Usable, or the host runs no commands for this user.
      }
    }
  }

  private String look(String path, IOException cause) {
    String fileName = path.substring(path.lastIndexOf('/'));
    String command = LOOK.formatted(RemoteCommands.quoted(path), RemoteCommands.quoted(fileName));
    try {
      return commands.run(command).output();
    } catch (IOException e) {
      cause.addSuppressed(e);
      return "";
    }
  }

  private EngineAccessException problem(String path, String why, String hint, IOException cause) {
    return new EngineAccessException(login.host(), path, why, hint, cause);
  }
}
