package io.rke4j.core.ssh;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.spi.CancellationToken;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.node.NodeUnreachableException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.method.AuthMethod;
import org.jspecify.annotations.Nullable;

/**
 * Makes SSH connections, verified and logged in.
 *
 * @param policy whose word is taken for host keys
 * @param config the algorithms
 * @param gateway the bastion host to go through, if any
 * @param patience how long each host may be silent
 */
record Dialer(
    HostKeyPolicy policy,
    Config config,
    Optional<Gateway> gateway,
    Function<String, SshPatience> patience) {

  /** A channel's buffer is as large from its beginning, and hosts have some channels each. */
  private static final int PACKET_BYTES = 8 << 10;

  SSHClient connect(Login login, CancellationToken cancellation) {
    HostKeyCheck hostKey = new HostKeyCheck(policy, login.way(), login.hostKeys());
    SSHClient client = client(hostKey, login.host());
    AtomicReference<@Nullable SSHClient> pending = new AtomicReference<>(client);
    cancellation.onCancel(() -> abandon(pending.getAndSet(null)));
    try {
      connect(client, login, hostKey, cancellation);
    } catch (RuntimeException e) {
      abandon(client);
      if (cancellation.isCancelled()) {
        throw new OperationCancelledException("connecting to " + login.target());
      }
      throw e;
    }
    if (pending.getAndSet(null) == null) {
      throw new OperationCancelledException("connecting to " + login.target());
    }
    return client;
  }

  private SSHClient client(HostKeyCheck hostKey, String host) {
    SshPatience now = patience.apply(host);
    SSHClient client = new SSHClient(config);
    client.addHostKeyVerifier(hostKey);
    client.setSocketFactory(new PromptSockets());
    client.setConnectTimeout((int) now.connect().toMillis());
    client.setTimeout((int) now.connect().toMillis());
    client.getTransport().setTimeoutMs((int) now.answer().toMillis());
    client.getConnection().setTimeoutMs((int) now.answer().toMillis());
    client.getConnection().setMaxPacketSize(PACKET_BYTES);
    if (client.getConnection().getKeepAlive() instanceof StillThere asking) {
      asking.with(() -> patience.apply(host));
    }
    return client;
  }

  private void connect(
      SSHClient client, Login login, HostKeyCheck hostKey, CancellationToken cancellation) {
    List<AuthMethod> methods = login.methods(client);
    try {
      reach(client, login, cancellation);
      new Door(client, login).enter(methods);
    } catch (IOException | IllegalStateException e) {
      hostKey.refusal().ifPresent(Dialer::refuse);
      if (isDropped(client, e)) {
        throw NodeUnreachableException.dropped(login.target(), e);
      }
      throw new NodeUnreachableException(login.target(), reason(login, e), e);
    }
  }

  private void reach(SSHClient client, Login login, CancellationToken cancellation)
      throws IOException {
    if (gateway.isEmpty()) {
      client.connect(login.host(), login.access().port());
      return;
    }
    DirectConnection channel = gateway.get().towards(login, cancellation);
    try (TimeLimit limit = new TimeLimit(channel, timeToConnect(login))) {
      try {
        client.connectVia(channel);
      } catch (IOException e) {
        throw limit.isUp() ? new SocketTimeoutException() : e;
      }
    }
  }

  /** Through a bastion host the limit is one for everything until the login. */
  private Duration timeToConnect(Login login) {
    SshPatience now = patience.apply(login.host());
    return gateway.isEmpty() ? now.connect() : now.answer();
  }

  /** The limit of what is sent over a connection that was made here. */
  WriteLimit limit(Login login, SSHClient client) {
    return new WriteLimit(() -> hangUp(client, gateway), patience.apply(login.host()).send());
  }

  /** Ends a connection without another word, which could not be sent either. */
  static void hangUp(SSHClient client, Optional<Gateway> gateway) throws IOException {
    Socket socket = client.getSocket();
    if (socket != null) {
      socket.close();
    } else if (gateway.isPresent()) {
      gateway.get().hangUp();
    }
  }

  /** Whether sshd took the connection and then did not even say who it is. */
  private static boolean isDropped(SSHClient client, Exception e) {
    boolean isAnswer = e instanceof TransportException || e instanceof SocketException;
    return isAnswer
        && !(e instanceof ConnectException)
        && !(e.getCause() instanceof SocketTimeoutException)
        && !hasGreeted(client);
  }

  private static boolean hasGreeted(SSHClient client) {
    try {
      return client.getTransport().getServerVersion() != null;
    } catch (StringIndexOutOfBoundsException e) {
      // sshj cuts the version out of whatever has come of a greeting.
      return false;
    }
  }

  private static void refuse(RuntimeException refusal) {
    throw refusal;
  }

  private String reason(Login login, Exception e) {
    if (e instanceof IllegalStateException) {
      // sshj's word for a connection that is lost before the one who made it has looked at it.
      return "the connection was lost";
    }
    if (e instanceof UnknownHostException) {
      return "the name " + login.host() + " is not known";
    }
    if (e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException) {
      return "no answer within " + seconds(timeToConnect(login)) + "s";
    }
    if (e instanceof ConnectException) {
      return "nobody listens on port " + login.access().port() + " (" + e.getMessage() + ")";
    }
    return String.valueOf(e.getMessage());
  }

  private static String seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  private static void abandon(@Nullable SSHClient client) {
    if (client != null) {
      SshNodeConnection.disconnect(client);
    }
  }
}
