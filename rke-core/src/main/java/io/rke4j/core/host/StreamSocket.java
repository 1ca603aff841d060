package io.rke4j.core.host;

import io.rke4j.spi.node.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A stream over a host's connection in the shape that TLS can be laid over. */
final class StreamSocket extends Socket {

  private final Stream stream;
  private final String address;
  private final int port;
  private volatile boolean closed;

  StreamSocket(Stream stream, String address, int port) {
    this.stream = stream;
    this.address = address;
    this.port = port;
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
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public int getPort() {
    return port;
  }

  @Override
  public InetAddress getInetAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public void setTcpNoDelay(boolean on) {
    // The connection underneath decides this for all its streams.
  }

  @Override
  public void setSoTimeout(int timeout) {
    // The connection underneath has its own time-outs.
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    stream.close();
  }

  @Override
  public String toString() {
    return address + ":" + port;
  }
}
