package io.rke4j.core.ssh;

import io.rke4j.spi.runtime.EngineAccessException;
import java.io.IOException;

/** Finds out why a socket cannot be opened: sshd says the same for every reason. */
record SocketDiagnosis(Login login, RemoteCommands commands) {

  private static final String USABLE = "usable";

  EngineAccessException explain(String path, IOException cause) {
    return explain(path, look(path, cause), cause);
  }

  /** Throws if the socket itself is the problem. */
  void requireUsable(String path, IOException cause) {
    String found = look(path, cause);
    if (!found.isEmpty() && !found.equals(USABLE)) {
      throw explain(path, found, cause);
    }
  }

  private EngineAccessException explain(String path, String found, IOException cause) {
    String user = login.access().user();
    return switch (found) {
      case "missing" ->
          problem(
              path,
              "there is no such socket",
              "Install and start Docker on the host, or name the socket's path if it is another",
              cause);
      case "denied" ->
          problem(
              path,
              "user '" + user + "' may not use it",
              "Add the user to the group of the socket: usermod -aG docker " + user,
              cause);
      case USABLE ->
          problem(
              path,
              "nobody listens on it",
              "Start Docker on the host: systemctl start docker",
              cause);
      default ->
          problem(
              path,
              "sshd could not connect to it (" + cause.getMessage() + ")",
              "Check on the host, as user '" + user + "', that 'docker version' works",
              cause);
    };
  }

  private EngineAccessException problem(String path, String why, String hint, IOException cause) {
    return new EngineAccessException(login.host(), path, why, hint, cause);
  }

  private String look(String path, IOException cause) {
    String socket = RemoteCommands.quoted(path);
    try {
      return commands
          .run(
              "if [ ! -S %1$s ]; then echo missing; elif [ ! -w %1$s ]; then echo denied; else echo %2$s; fi"
                  .formatted(socket, USABLE))
          .output();
    } catch (IOException e) {
      cause.addSuppressed(e);
      return "";
    }
  }
}
