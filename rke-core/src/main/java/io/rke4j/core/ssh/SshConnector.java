package io.rke4j.core.ssh;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.spi.CancellationToken;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.node.NodeUnreachableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicReference;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import org.jspecify.annotations.Nullable;

/** Connects hosts by SSH, each verified by the host key policy. Thread-safe. */
public final class SshConnector {

  private static final int CONNECT_SECONDS = 10;
  private static final int ANSWER_SECONDS = 20;
  private static final int KEEP_ALIVE_SECONDS = 5;
  private static final int UNANSWERED_KEEP_ALIVES = 3;

  private final HostKeyPolicy policy;
  private final Config config;

  /** Takes hosts for what they claim to be by the given policy only. */
  public SshConnector(HostKeyPolicy policy) {
    this.policy = policy;
    this.config = new DefaultConfig();
    // The other provider sends without expecting an answer, so it never notices a dead peer.
    config.setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
  }

  /**
   * Opens a connection to a machine and logs in. The caller closes it.
   *
   * @throws NodeUnreachableException if nothing answers; trying again may help
   * @throws io.rke4j.spi.node.HostKeyException if nobody vouches for the host
   * @throws io.rke4j.spi.node.LoginRejectedException if the key cannot be used or is not accepted
   */
  public NodeConnection connect(Machine machine, CancellationToken cancellation) {
    Login login = new Login(machine.address(), machine.ssh());
    HostKeyCheck hostKey = new HostKeyCheck(policy);
    SSHClient client = client(hostKey);
    AtomicReference<@Nullable SSHClient> pending = new AtomicReference<>(client);
    cancellation.onCancel(() -> abandon(pending.getAndSet(null)));
    try {
      connect(client, login, hostKey);
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
    return new SshNodeConnection(login, client);
  }

  private SSHClient client(HostKeyCheck hostKey) {
    SSHClient client = new SSHClient(config);
    client.addHostKeyVerifier(hostKey);
    client.setSocketFactory(new PromptSockets());
    client.setConnectTimeout(CONNECT_SECONDS * 1000);
    client.setTimeout(CONNECT_SECONDS * 1000);
    client.getTransport().setTimeoutMs(ANSWER_SECONDS * 1000);
    client.getConnection().setTimeoutMs(ANSWER_SECONDS * 1000);
    if (client.getConnection().getKeepAlive() instanceof KeepAliveRunner keepAlive) {
      keepAlive.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
      keepAlive.setMaxAliveCount(UNANSWERED_KEEP_ALIVES);
    }
    return client;
  }

  private static void connect(SSHClient client, Login login, HostKeyCheck hostKey) {
    KeyProvider key = login.key(client);
    try {
      client.connect(login.host(), login.access().port());
    } catch (IOException e) {
      hostKey.refusal().ifPresent(SshConnector::refuse);
      throw unreachable(login, e);
    }
    try {
      client.auth(login.access().user(), new AuthPublickey(key));
    } catch (UserAuthException e) {
      throw login.rejected("the server refused it", e);
    } catch (TransportException e) {
      if (e.getDisconnectReason() == DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE) {
        throw login.rejected("the server refused it", e);
      }
      throw unreachable(login, e);
    }
  }

  private static void refuse(RuntimeException refusal) {
    throw refusal;
  }

  private static NodeUnreachableException unreachable(Login login, IOException e) {
    return new NodeUnreachableException(login.target(), reason(login, e), e);
  }

  private static String reason(Login login, IOException e) {
    if (e instanceof UnknownHostException) {
      return "the name " + login.host() + " is not known";
    }
    if (e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException) {
      return "no answer within " + CONNECT_SECONDS + "s";
    }
    if (e instanceof ConnectException) {
      return "nobody listens on port " + login.access().port() + " (" + e.getMessage() + ")";
    }
    return String.valueOf(e.getMessage());
  }

  private static void abandon(@Nullable SSHClient client) {
    if (client != null) {
      SshNodeConnection.disconnect(client);
    }
  }
}
