package io.rke4j.testkit.ssh;

import io.rke4j.testkit.host.FleetThreads;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.Readable;
import org.jspecify.annotations.Nullable;

/**
 * A long way to the hosts: what a client sends arrives a round trip later, in order, and is
 * answered at once. To the client that is the same as half of it on either way.
 *
 * @param handler takes what arrives
 * @param threads let it arrive
 * @param roundTrip how long a round trip takes
 */
record Latency(IoHandler handler, FleetThreads threads, Duration roundTrip) implements IoHandler {

  @Override
  public void sessionCreated(IoSession session) throws Exception {
    session.setAttribute(Way.class, new Way(session));
    handler.sessionCreated(session);
  }

  @Override
  public void sessionClosed(IoSession session) throws Exception {
    handler.sessionClosed(session);
  }

  @Override
  public void exceptionCaught(IoSession session, Throwable cause) throws Exception {
    handler.exceptionCaught(session, cause);
  }

  @Override
  public void messageReceived(IoSession session, Readable message) {
    byte[] bytes = new byte[message.available()];
    message.getRawBytes(bytes, 0, bytes.length);
    ((Way) session.getAttribute(Way.class)).send(ByteBuffer.wrap(bytes));
  }

  private record Sent(ByteBuffer bytes, long arrives) {
    Duration left() {
      return Duration.ofNanos(Math.max(0, arrives - System.nanoTime()));
    }
  }

  /** What is on its way to one host over one connection. */
  private final class Way {

    private final IoSession session;
    private final Queue<Sent> onTheWay = new ArrayDeque<>();
    private boolean arriving;

    Way(IoSession session) {
      this.session = session;
    }

    synchronized void send(ByteBuffer bytes) {
      onTheWay.add(new Sent(bytes, System.nanoTime() + roundTrip.toNanos()));
      if (!arriving) {
        arriving = true;
        threads.later(roundTrip, this::arrive);
      }
    }

    private void arrive() {
      for (Sent next = next(); next != null; next = next()) {
        try {
          handler.messageReceived(session, Readable.readable(next.bytes()));
        } catch (Exception e) {
          fail(e);
        }
      }
    }

    /** What arrives now; whatever arrives later has somebody come back for it. */
    private synchronized @Nullable Sent next() {
      Sent next = onTheWay.peek();
      if (next == null) {
        arriving = false;
      } else if (next.left().isZero()) {
        return onTheWay.remove();
      } else {
        threads.later(next.left(), this::arrive);
      }
      return null;
    }

    private void fail(Exception cause) {
      try {
        handler.exceptionCaught(session, cause);
      } catch (Exception e) {
        session.close(true);
      }
    }
  }
}
