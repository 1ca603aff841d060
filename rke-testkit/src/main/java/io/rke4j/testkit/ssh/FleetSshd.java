package io.rke4j.testkit.ssh;

import io.rke4j.testkit.host.FleetThreads;
import io.rke4j.testkit.host.Machine;
import io.rke4j.testkit.sftp.SftpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SSH servers of all hosts of a fleet. To clients each host has its own, at its own address and
 * with its own key; here they are one, so that they share a handful of threads, whatever their
 * number.
 */
public final class FleetSshd implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FleetSshd.class);
  private static final int NIO_WORKERS = 4;
  private static final Duration FOR_EVER = Duration.ZERO;

  /** Each connection has one for as long as it is open, and there may be thousands. */
  private static final int READ_BUFFER_BYTES = 8 << 10;

  private final Map<InetAddress, SshHost> hosts = new ConcurrentHashMap<>();
  private final List<Silence> silences = new CopyOnWriteArrayList<>();
  private final Server server;

  /**
   * Servers that work with these threads.
   *
   * @param roundTrip how long a round trip to them takes; zero for as long as it does
   */
  public FleetSshd(FleetThreads threads, Duration roundTrip) {
    server =
        new Server(
            handler ->
                silence(roundTrip.isZero() ? handler : new Latency(handler, threads, roundTrip)));
    server.setScheduledExecutorService(threads.timer(), false);
    CoreModuleProperties.NIO_WORKERS.set(server, NIO_WORKERS);
    CoreModuleProperties.NIO2_READ_BUFFER_SIZE.set(server, READ_BUFFER_BYTES);
    // As OpenSSH: small answers are not to wait for the acknowledgement of earlier ones.
    CoreModuleProperties.TCP_NODELAY.set(server, true);
    CoreModuleProperties.IDLE_TIMEOUT.set(server, FOR_EVER);
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(server, FOR_EVER);
    server.setKeyPairProvider(hostKeys());
    server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    server.setPublickeyAuthenticator(this::isUser);
    server.setForwardingFilter(new OnlyOutgoing(this));
    server.setCommandFactory(
        (channel, command) ->
            new HostShell(of(channel.getSession()), threads).command(channel, command));
    server.setSubsystemFactories(List.of(new Sftp(threads)));
    server.setChannelFactories(
        List.of(
            ChannelSessionFactory.INSTANCE,
            new SocketChannel.Factory(this),
            new PortChannel.Factory(this)));
  }

  private Silence silence(IoHandler handler) {
    Silence silence = new Silence(handler);
    silences.add(silence);
    return silence;
  }

  /** Files of whichever host a client has come to. */
  private final class Sftp implements SubsystemFactory {

    private final FleetThreads threads;

    Sftp(FleetThreads threads) {
      this.threads = threads;
    }

    @Override
    public String getName() {
      return "sftp";
    }

    @Override
    public Command createSubsystem(ChannelSession channel) {
      return new SftpServer(of(channel.getSession()).machine().files(), threads);
    }
  }

  /** One server for all; what differs is looked up by the address that a client has come to. */
  private static final class Server extends SshServer {

    private final UnaryOperator<IoHandler> network;

    /** A host's addresses are its own, so a port that is free at one mostly is at the next. */
    private int usualPort;

    Server(UnaryOperator<IoHandler> network) {
      this.network = network;
      SshServerDefaults.apply(this);
    }

    @Override
    protected IoAcceptor createAcceptor() {
      return getIoServiceFactory().createAcceptor(network.apply(getSessionFactory()));
    }

    synchronized int listen(InetSocketAddress address) throws IOException {
      if (address.getPort() == 0 && usualPort != 0) {
        try {
          return listen(new InetSocketAddress(address.getAddress(), usualPort));
        } catch (IOException e) {
          LOG.debug("port {} is taken at {}", usualPort, address.getAddress(), e);
        }
      }
      if (isStarted()) {
        acceptor.bind(address);
      } else {
        setHost(address.getAddress().getHostAddress());
        setPort(address.getPort());
        start();
      }
      usualPort = address.getPort() == 0 ? port(address.getAddress()) : address.getPort();
      return usualPort;
    }

    private int port(InetAddress address) throws IOException {
      for (SocketAddress bound : getBoundAddresses()) {
        if (bound instanceof InetSocketAddress inet && inet.getAddress().equals(address)) {
          return inet.getPort();
        }
      }
      throw new IOException("the SSH server does not listen on " + address);
    }

    synchronized void hangUp(InetSocketAddress address) {
      acceptor.unbind(address);
    }
  }

  /**
   * Starts the server of a host.
   *
   * @param port the port, or 0 for any that is free
   * @return the port
   */
  public int listen(SshHost host, int port) throws IOException {
    Machine machine = host.machine();
    hosts.put(machine.address(), host);
    return server.listen(new InetSocketAddress(machine.address(), port));
  }

  /** Ends the server of a host and all its connections. */
  public void hangUp(SshHost host, int port) {
    server.hangUp(new InetSocketAddress(host.machine().address(), port));
    drop(host);
  }

  /** Ends all connections of a host, which takes new ones. */
  public void drop(SshHost host) {
    InetAddress address = host.machine().address();
    for (AbstractSession session : server.getActiveSessions()) {
      if (address.equals(localAddress(session))) {
        session.close(true);
      }
    }
  }

  /** Has nobody be there any more at a host's end of its connections, and nobody tell. */
  public void fallSilent(SshHost host) {
    silences.forEach(silence -> silence.begin(host.machine().address()));
  }

  /** Answers new connections to a host again. */
  public void speakAgain(SshHost host) {
    silences.forEach(silence -> silence.end(host.machine().address()));
  }

  private KeyPairProvider hostKeys() {
    return new KeyPairProvider() {
      @Override
      public Iterable<KeyPair> loadKeys(SessionContext session) {
        return List.of(of(session).hostKey());
      }
    };
  }

  private boolean isUser(String user, PublicKey key, ServerSession session) {
    SshHost host = of(session);
    return user.equals(host.user()) && KeyUtils.compareKeys(key, host.userKey());
  }

  /** The host that a client has come to. */
  SshHost of(SessionContext session) {
    InetAddress address = localAddress(session);
    SshHost host = address == null ? null : hosts.get(address);
    if (host == null) {
      throw new IllegalStateException("there is no host at " + address);
    }
    return host;
  }

  private static @Nullable InetAddress localAddress(SessionContext session) {
    SocketAddress address = ((Session) session).getIoSession().getLocalAddress();
    return address instanceof InetSocketAddress inet ? inet.getAddress() : null;
  }

  /**
   * The address that a name or address stands for on a host; empty if there is no such host in the
   * fleet. Nothing outside of the fleet is reached.
   */
  Optional<InetAddress> resolve(SshHost from, String target) {
    return switch (target) {
      case "localhost", "127.0.0.1", "::1", "0.0.0.0" -> Optional.of(from.machine().address());
      default ->
          hosts.values().stream()
              .map(SshHost::machine)
              .filter(it -> it.ip().equals(target) || it.facts().hostname().equals(target))
              .map(Machine::address)
              .findFirst();
    };
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
