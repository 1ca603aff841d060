package io.rke4j.core.ssh;

import io.rke4j.spi.CancellationToken;
import io.rke4j.spi.node.ForwardingForbiddenException;
import io.rke4j.spi.node.NodeUnreachableException;
import io.rke4j.spi.node.Stream;
import java.io.IOException;
import java.net.ConnectException;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import org.jspecify.annotations.Nullable;

/**
 * A bastion host. One connection to it, made when it is first needed, carries those to all hosts
 * behind it: an sshd drops connections when many come at once. Thread-safe.
 */
final class Gateway implements AutoCloseable {

  private final Login login;
  private final Dialer dialer;
  private @Nullable SSHClient open;

  /** The same for whoever must not wait for those who wait for it. */
  private volatile @Nullable SSHClient using;

  Gateway(Login login, Dialer dialer) {
    this.login = login;
    this.dialer = dialer;
  }

  /** Opens the way to a host behind it. */
  DirectConnection towards(Login next, CancellationToken cancellation) {
    SSHClient client = client(cancellation);
    try {
      return client.newDirectConnection(next.host(), next.access().port());
    } catch (OpenFailException e) {
      if (SshNodeConnection.isForbidden(e)) {
        throw ForwardingForbiddenException.toPort(login.target(), next.target(), e);
      }
      throw new NodeUnreachableException(
          next.target(), "the bastion host does not reach it (" + e.getMessage() + ")", e);
    } catch (IOException e) {
      throw new NodeUnreachableException(
          next.target(), "the bastion host opened no way to it (" + e.getMessage() + ")", e);
    }
  }

  /** A stream to a port as the bastion host sees it. */
  Stream openPort(String address, int port, CancellationToken cancellation) throws IOException {
    try {
      return new ChannelStream(
          client(cancellation).newDirectConnection(address, port),
          new WriteLimit(this::hangUp, dialer.patience().apply(login.host()).send()));
    } catch (OpenFailException e) {
      if (SshNodeConnection.isForbidden(e)) {
        throw ForwardingForbiddenException.toPort(login.target(), address + ":" + port, e);
      }
      ConnectException refused =
          new ConnectException("connection refused, as " + login.target() + " says");
      refused.initCause(e);
      throw refused;
    } catch (SSHException e) {
      throw new NodeUnreachableException(
          login.target(), "the connection was lost (" + e.getMessage() + ")", e);
    }
  }

  private synchronized SSHClient client(CancellationToken cancellation) {
    SSHClient known = open;
    if (known == null || !known.isConnected()) {
      close();
      known = dialer.connect(login, cancellation);
      open = known;
      using = known;
    }
    return known;
  }

  /** Ends the connection, whoever is in the middle of writing to it. */
  void hangUp() throws IOException {
    SSHClient client = using;
    if (client != null) {
      Dialer.hangUp(client, dialer.gateway());
    }
  }

  @Override
  public synchronized void close() {
    if (open != null) {
      SshNodeConnection.disconnect(open);
      open = null;
    }
  }
}
