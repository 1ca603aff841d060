package io.rke4j.core.builtin.docker;

import io.rke4j.spi.node.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A stream in the shape that the HTTP client knows. There is no operating system socket behind it,
 * so its options have nothing to act on.
 */
final class StreamSocket extends Socket {

  private final Stream stream;
  private volatile boolean closed;

  StreamSocket(Stream stream) {
    this.stream = stream;
  }

  @Override
  public InputStream getInputStream() {
    return stream.input();
  }

  @Override
  public OutputStream getOutputStream() {
    return stream.output();
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    stream.close();
  }

  @Override
  public boolean isConnected() {
    return !closed;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void setSoTimeout(int millis) {}

  @Override
  public int getSoTimeout() {
    return 0;
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
}
