package io.rke4j.testkit.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ports that the hosts of a fleet listen on: real sockets on loopback addresses. One thread
 * takes the connections of all of them.
 */
public final class Ports implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Ports.class);
  private static final int BACKLOG = 256;
  private static final long LONGEST_NANOS = 2_000_000_000;
  private static final long LOOK_NANOS = 100_000;

  private final Selector selector;
  private final FleetThreads threads;

  /** Ports that are served by these threads. */
  public Ports(FleetThreads threads) throws IOException {
    this.selector = Selector.open();
    this.threads = threads;
    threads.factory().newThread(this::acceptAll).start();
  }

  /** A port that is listened on, until closed; then its connections are cut, too. */
  public final class Listening implements AutoCloseable {

    private final ServerSocketChannel channel;
    private final PortService service;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private Listening(ServerSocketChannel channel, PortService service) {
      this.channel = channel;
      this.service = service;
    }

    /** The port's number. */
    public int port() {
      return channel.socket().getLocalPort();
    }

    private void accept() {
      try {
        SocketChannel connection = channel.accept();
        if (connection != null) {
          open.add(connection);
          threads.execute(() -> serve(connection));
        }
      } catch (IOException | RejectedExecutionException e) {
        LOG.debug("a connection could not be taken", e);
      }
    }

    private void serve(SocketChannel connection) {
      try (connection;
          Socket socket = connection.socket()) {
        service.serve(socket);
      } catch (IOException e) {
        LOG.debug("a connection ended", e);
      } finally {
        open.remove(connection);
      }
    }

    @Override
    public void close() {
      closeQuietly(channel);
      open.forEach(Ports::closeQuietly);
      selector.wakeup();
      awaitFree();
    }

    /** The port is free only when the thread of the selector has noticed. */
    private void awaitFree() {
      long end = System.nanoTime() + LONGEST_NANOS;
      while (channel.isRegistered() && System.nanoTime() < end) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }

  /**
   * Listens on a port.
   *
   * @throws java.net.BindException if somebody does already, or this machine lacks the address
   */
  public Listening listen(InetSocketAddress address, PortService service) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(address, BACKLOG);
      channel.configureBlocking(false);
      Listening listening = new Listening(channel, service);
      channel.register(selector, SelectionKey.OP_ACCEPT, listening);
      selector.wakeup();
      return listening;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void acceptAll() {
    try {
      while (selector.isOpen()) {
        selector.select(key -> ((Listening) key.attachment()).accept());
      }
    } catch (IOException | ClosedSelectorException e) {
      LOG.debug("no connections are taken any more", e);
    }
  }

  private static void closeQuietly(java.nio.channels.Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing a port", e);
    }
  }

  @Override
  public void close() {
    try {
      selector.keys().forEach(key -> ((Listening) key.attachment()).close());
      selector.close();
    } catch (IOException | ClosedSelectorException e) {
      LOG.debug("closing all ports", e);
    }
  }
}
