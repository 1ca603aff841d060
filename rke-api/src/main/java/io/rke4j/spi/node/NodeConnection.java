package io.rke4j.spi.node;

import io.rke4j.spi.OperationContext;
import java.io.IOException;
import java.util.List;

/**
 * An open, verified connection to one host. Thread-safe. Every stream is a channel of its own over
 * the one connection.
 */
public interface NodeConnection extends AutoCloseable {

  /** The host's address, for messages. */
  String host();

  /**
   * Whether it can still be used, as far as is known. What is not open any more stays so; whoever
   * wants to go on makes a new connection.
   */
  default boolean isOpen() {
    return true;
  }

  /** A stream to a Unix socket on the host, for example the Docker Engine's. */
  Stream openSocket(String path) throws IOException;

  /** A stream to a TCP port as seen from the host, for example to {@code localhost}. */
  Stream openPort(String address, int port) throws IOException;

  /**
   * Runs a POSIX shell script that only looks, with the rights of the account, and gives what it
   * printed. Nothing secret belongs into script or arguments.
   *
   * @param script the script's text
   * @param arguments what it sees as {@code $1} and so on
   * @throws ScriptFailedException if it ended with another exit code than 0
   * @throws IOException if it could not be run to its end
   */
  String read(String script, List<String> arguments) throws IOException;

  /**
   * Runs a POSIX shell script as root: the account is root itself, or may use {@code sudo} without
   * a password. Ends early when the operation is cancelled.
   *
   * @param script the script's text; with the arguments it stands in the host's list of processes,
   *     so nothing secret belongs there
   * @param arguments what it sees as {@code $1} and so on
   * @param input what it reads from its standard input; may be secret
   * @param context the operation it is part of
   * @throws IOException if it could not be run to its end
   */
  CommandResult runAsRoot(
      String script, List<String> arguments, byte[] input, OperationContext context)
      throws IOException;

  @Override
  void close();
}
