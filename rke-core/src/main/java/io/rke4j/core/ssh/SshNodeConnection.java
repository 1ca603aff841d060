package io.rke4j.core.ssh;

import io.rke4j.spi.OperationContext;
import io.rke4j.spi.node.CommandResult;
import io.rke4j.spi.node.ForwardingForbiddenException;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.node.NodeUnreachableException;
import io.rke4j.spi.node.ScriptFailedException;
import io.rke4j.spi.node.Stream;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.OpenFailException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One SSH connection; every stream is a channel in it. */
final class SshNodeConnection implements NodeConnection {

  private static final Logger LOG = LoggerFactory.getLogger(SshNodeConnection.class);

  private final Login login;
  private final SSHClient client;
  private final WriteLimit limit;
  private final RemoteCommands commands;
  private volatile boolean socketsForbidden;

  SshNodeConnection(Login login, SSHClient client, WriteLimit limit, RemoteCommands commands) {
    this.login = login;
    this.client = client;
    this.limit = limit;
    this.commands = commands;
  }

  @Override
  public String host() {
    return login.host();
  }

  @Override
  public boolean isOpen() {
    return client.getTransport().isRunning();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Where sshd forbids forwarding to sockets, the host's Docker client carries the bytes, which
   * works for an engine's socket only.
   *
   * @throws NodeUnreachableException if the connection is gone
   * @throws ForwardingForbiddenException if neither way is open
   * @throws io.rke4j.spi.runtime.EngineAccessException if the socket cannot be used
   */
  @Override
  public Stream openSocket(String path) throws IOException {
    if (socketsForbidden) {
      return carried(path);
    }
    try {
      UnixSocketChannel channel = new UnixSocketChannel(client.getConnection(), path);
      channel.open();
      return new ChannelStream(channel, limit);
    } catch (OpenFailException e) {
      new SocketDiagnosis(login, commands).requireUsable(path, e);
      requireCarrier(path, e);
      socketsForbidden = true;
      return carried(path);
    } catch (SSHException e) {
      throw lost(e);
    }
  }

  private void requireCarrier(String path, OpenFailException cause) {
    try {
      if (commands.run(dialCommand(path)).isSuccess()) {
        return;
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    throw ForwardingForbiddenException.toSocket(login.host(), path, cause);
  }

  private Stream carried(String path) throws IOException {
    try {
      return new ChannelStream(commands.start(dialCommand(path)), limit);
    } catch (SSHException e) {
      throw lost(e);
    }
  }

  private static String dialCommand(String path) {
    return "docker -H " + RemoteCommands.quoted("unix://" + path) + " system dial-stdio";
  }

  /**
   * {@inheritDoc}
   *
   * @throws ConnectException if nobody listens on the port
   * @throws NodeUnreachableException if the connection is gone
   * @throws ForwardingForbiddenException if sshd does not allow it
   */
  @Override
  public Stream openPort(String address, int port) throws IOException {
    String target = address + ":" + port;
    try {
      return new ChannelStream(client.newDirectConnection(address, port), limit);
    } catch (OpenFailException e) {
      if (isForbidden(e)) {
        throw ForwardingForbiddenException.toPort(login.host(), target, e);
      }
      ConnectException refused =
          new ConnectException(
              "from " + login.host() + ", " + target + " cannot be reached: " + e.getMessage());
      refused.initCause(e);
      throw refused;
    } catch (SSHException e) {
      throw lost(e);
    }
  }

  @Override
  public String read(String script, List<String> arguments) throws IOException {
    StringBuilder command = new StringBuilder("sh -c " + RemoteCommands.quoted(script) + " sh");
    arguments.forEach(word -> command.append(' ').append(RemoteCommands.quoted(word)));
    RemoteCommands.Outcome outcome = commands.run(command.toString());
    if (!outcome.isSuccess()) {
      throw new ScriptFailedException(login.host(), outcome.result());
    }
    return outcome.output();
  }

  @Override
  public CommandResult runAsRoot(
      String script, List<String> arguments, byte[] input, OperationContext context)
      throws IOException {
    StringBuilder words = new StringBuilder("sh -c " + RemoteCommands.quoted(script) + " sh");
    arguments.forEach(word -> words.append(' ').append(RemoteCommands.quoted(word)));
    try {
      return commands.runAsRoot(words.toString(), input, context);
    } catch (SSHException e) {
      throw lost(e);
    }
  }

  static boolean isForbidden(OpenFailException e) {
    return e.getReason() == Reason.ADMINISTRATIVELY_PROHIBITED
        || e.getReason() == Reason.UNKNOWN_CHANNEL_TYPE;
  }

  private NodeUnreachableException lost(SSHException e) {
    return new NodeUnreachableException(
        login.target(), "the connection was lost (" + e.getMessage() + ")", e);
  }

  @Override
  public void close() {
    disconnect(client);
  }

  static void disconnect(SSHClient client) {
    try {
      client.close();
    } catch (IOException e) {
      LOG.debug("closing an SSH connection", e);
    }
  }
}
