package io.rke4j.spi.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stream in the shape that HTTP clients and TLS know. Closing it closes the stream. No socket of
 * the operating system is behind it, so its options are accepted and have no effect; only a
 * time-out for reading is kept, and closes the stream when it is over.
 */
public final class StreamSocket extends Socket {

  private final Stream stream;
  private final String target;
  private final InputStream input;
  private volatile boolean closed;
  private volatile int timeoutMillis;

  /**
   * @param stream the bytes
   * @param target what is at the other end, for messages
   */
  public StreamSocket(Stream stream, String target) {
    this.stream = stream;
    this.target = target;
    this.input = new TimedInput();
  }

  @Override
  public InputStream getInputStream() {
    return input;
  }

  @Override
  public OutputStream getOutputStream() {
    return stream.output();
  }

  @Override
  public boolean isConnected() {
    return !closed;
  }

  @Override
  public boolean isBound() {
    return !closed;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public InetAddress getInetAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public synchronized int getSoTimeout() {
    return timeoutMillis;
  }

  @Override
  public synchronized void setSoTimeout(int millis) {
    timeoutMillis = millis;
  }

  @Override
  public void setSoLinger(boolean on, int seconds) {}

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public void shutdownInput() {}

  @Override
  public void shutdownOutput() {}

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    stream.close();
  }

  @Override
  public String toString() {
    return target;
  }

  /** Reading a stream cannot be given up half-way; only closing it ends a read that hangs. */
  private final class TimedInput extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int limit = timeoutMillis;
      if (limit == 0 || available() > 0) {
        return stream.input().read(buffer, offset, length);
      }
      CompletableFuture<Void> watch = new CompletableFuture<>();
      CompletableFuture<Void> closing = closedWhenLate(watch, limit);
      try {
        int count = stream.input().read(buffer, offset, length);
        if (count >= 0 || watch.complete(null)) {
          return count;
        }
      } catch (IOException e) {
        if (watch.complete(null)) {
          throw e;
        }
      } finally {
        watch.complete(null);
      }
      closing.join();
      throw new SocketTimeoutException(
          target + " said nothing for " + Duration.ofMillis(limit).toSeconds() + " s");
    }

    /**
     * Closes the stream if nobody completes the watch in time. Another thread does so only then: a
     * dependent stage that is asynchronous would cost one for every read that is in time.
     */
    private CompletableFuture<Void> closedWhenLate(CompletableFuture<Void> watch, int limit) {
      CompletableFuture<Void> closing = new CompletableFuture<>();
      CompletableFuture<Void> unused =
          watch
              .orTimeout(limit, TimeUnit.MILLISECONDS)
              .whenComplete(
                  (done, late) -> {
                    if (late != null) {
                      closing.completeAsync(this::closeStream);
                    }
                  });
      return closing;
    }

    private @Nullable Void closeStream() {
      try {
        StreamSocket.this.close();
      } catch (IOException e) {
        // Whoever reads hears of the time-out; that the stream broke as well adds nothing.
      }
      return null;
    }

    @Override
    public int available() throws IOException {
      return stream.input().available();
    }

    @Override
    public void close() throws IOException {
      StreamSocket.this.close();
    }
  }
}
