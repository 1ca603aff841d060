package io.rke4j.core.ssh;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import net.schmizz.concurrent.Promise;
import net.schmizz.keepalive.KeepAlive;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.ConnectionImpl;
import net.schmizz.sshj.transport.TransportException;

/**
 * Asks a host again and again whether it is still there, and gives its connection up once several
 * questions have no answer. sshj's own does so, too, but counts in whole seconds.
 */
final class StillThere extends KeepAlive {

  static final KeepAliveProvider PROVIDER =
      new KeepAliveProvider() {
        @Override
        public KeepAlive provide(ConnectionImpl connection) {
          return new StillThere(connection);
        }
      };

  private static final long LOOK_MILLIS = 20;

  private final Queue<Promise<SSHPacket, ConnectionException>> unanswered = new ArrayDeque<>();
  private final Object pause = new Object();
  private volatile Supplier<SshPatience> patience = () -> SshPatience.USUAL;

  private StillThere(ConnectionImpl connection) {
    super(connection, "rke4j-still-there");
  }

  /** Asks with another patience than the usual one; it may change. */
  void with(Supplier<SshPatience> other) {
    patience = other;
  }

  @Override
  public boolean isEnabled() {
    return true;
  }

  @Override
  public void run() {
    try {
      while (!isInterrupted()) {
        doKeepAlive();
        rest();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TransportException | ConnectionException e) {
      // Whoever hangs up interrupts this, and needs no other end.
      if (!isInterrupted()) {
        // Whoever opens a channel at this moment may miss the end, and must not wait for an answer.
        conn.setTimeoutMs(1);
        conn.getTransport().die(e);
      }
    }
  }

  private void rest() throws InterruptedException {
    long start = System.nanoTime();
    synchronized (pause) {
      while (true) {
        SshPatience now = patience.get();
        long left = now.keepAlive().minusNanos(System.nanoTime() - start).toMillis();
        if (left <= 0) {
          return;
        }
        pause.wait(now.steady() ? left : Math.min(left, LOOK_MILLIS));
      }
    }
  }

  @Override
  protected void doKeepAlive() throws TransportException, ConnectionException {
    if (!conn.getTransport().isRunning() || !conn.equals(conn.getTransport().getService())) {
      return;
    }
    while (!unanswered.isEmpty() && unanswered.element().isFulfilled()) {
      unanswered.remove();
    }
    int most = patience.get().unanswered();
    if (unanswered.size() >= most) {
      throw new ConnectionException(
          DisconnectReason.CONNECTION_LOST,
          "no answer to " + most + " questions whether it is still there");
    }
    unanswered.add(conn.sendGlobalRequest("keepalive@openssh.com", true, new byte[0]));
  }
}
