package io.rke4j.testkit.ssh;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.Readable;
import org.jspecify.annotations.Nullable;

/**
 * Connections whose other side is gone without a word: what a client sends arrives nowhere, what is
 * sent to it neither, and nobody tells it. When the host is back, it knows nothing of them: whoever
 * still sends something is told that the connection is over.
 */
final class Silence implements IoHandler {

  private final IoHandler handler;
  private final Set<InetAddress> silent = ConcurrentHashMap.newKeySet();
  private final Set<IoSession> open = ConcurrentHashMap.newKeySet();
  private final Set<IoSession> dead = ConcurrentHashMap.newKeySet();

  Silence(IoHandler handler) {
    this.handler = handler;
  }

  /** Lets all connections to a host be dead, and those that are made from now on. */
  void begin(InetAddress host) {
    silent.add(host);
    open.stream().filter(session -> host.equals(address(session))).forEach(dead::add);
  }

  /** New connections are answered again. */
  void end(InetAddress host) {
    silent.remove(host);
  }

  private boolean isSilent(IoSession session) {
    InetAddress host = address(session);
    return host != null && silent.contains(host);
  }

  private static @Nullable InetAddress address(IoSession session) {
    return session.getLocalAddress() instanceof InetSocketAddress inet ? inet.getAddress() : null;
  }

  @Override
  public void sessionCreated(IoSession session) throws Exception {
    open.add(session);
    if (isSilent(session)) {
      dead.add(session);
    } else {
      handler.sessionCreated(new MutedSession(session, () -> dead.contains(session)));
    }
  }

  @Override
  public void messageReceived(IoSession session, Readable message) throws Exception {
    if (!dead.contains(session)) {
      handler.messageReceived(session, message);
    } else if (!isSilent(session)) {
      session.close(true);
    }
  }

  @Override
  public void sessionClosed(IoSession session) throws Exception {
    open.remove(session);
    boolean wasDead = dead.remove(session);
    if (!wasDead || session.getAttribute(MutedSession.class) != null) {
      handler.sessionClosed(session);
    }
  }

  @Override
  public void exceptionCaught(IoSession session, Throwable cause) throws Exception {
    if (dead.contains(session)) {
      session.close(true);
    } else {
      handler.exceptionCaught(session, cause);
    }
  }
}
