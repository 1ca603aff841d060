package io.rke4j.core.builtin.docker;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection that logs nothing of what it carries, whatever the log's level: among the headers
 * are passwords of registries, and among the bodies keys.
 */
final class QuietConnection extends DefaultBHttpClientConnection
    implements ManagedHttpClientConnection {

  /** Three buffers of each of a host's streams add up where there are many hosts. */
  private static final Http1Config SMALL = Http1Config.custom().setBufferSize(4096).build();

  QuietConnection() {
    super(SMALL);
  }

  @Override
  public void bind(SSLSocket socket, Socket plain) throws IOException {
    bind(socket);
  }

  @Override
  public @Nullable Socket getSocket() {
    var holder = getSocketHolder();
    return holder == null ? null : holder.getSocket();
  }

  @Override
  public @Nullable SSLSession getSSLSession() {
    return null;
  }

  @Override
  public void passivate() {
    setSocketTimeout(Timeout.INFINITE);
  }

  @Override
  public void activate() {
    // Streams have no timeouts.
  }
}
