package io.rke4j.spi.node;

import java.io.IOException;

/**
 * An open, verified connection to one host. Thread-safe. Every stream is a channel of its own over
 * the one connection.
 */
public interface NodeConnection extends AutoCloseable {

  /** The host's address, for messages. */
  String host();

  /** A stream to a Unix socket on the host, for example the Docker Engine's. */
  Stream openSocket(String path) throws IOException;

  /** A stream to a TCP port as seen from the host, for example to {@code localhost}. */
  Stream openPort(String address, int port) throws IOException;

  @Override
  void close();
}
