package io.rke4j.core.builtin.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import io.rke4j.spi.node.Stream;
import io.rke4j.spi.node.StreamSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Speaks HTTP over streams of a node connection. Streams are kept and used again: over SSH, a
 * request in a kept stream takes about a thirtieth of the time of one in a fresh stream.
 */
final class HttpOverStreams implements DockerHttpClient {

  private static final HttpHost ENGINE = new HttpHost("http", "docker");
  private static final int MAX_STREAMS = 8;
  private static final TimeValue KEPT_UNUSED = TimeValue.ofMinutes(1);

  /** Beside the one in use; each has buffers, and there may be a thousand engines. */
  private static final int KEPT_UNUSED_STREAMS = 1;

  private static final TimeValue SURPLUS_AFTER = TimeValue.ofSeconds(1);

  /** Opens a stream to the engine. */
  interface StreamSource {
    Stream open() throws IOException;
  }

  private final PoolingHttpClientConnectionManager streams;
  private final CloseableHttpClient client;
  private final EnginePatience patience;
  private final TimeValue surplusAfter;

  HttpOverStreams(StreamSource source, EnginePatience patience) {
    this(source, patience, SURPLUS_AFTER);
  }

  HttpOverStreams(StreamSource source, EnginePatience patience, TimeValue surplusAfter) {
    this.patience = patience;
    this.surplusAfter = surplusAfter;
    this.streams = pool(source);
    this.client =
        HttpClients.custom()
            .setConnectionManager(streams)
            .setRetryStrategy(new BrokenStreamRetry())
            .setKeepAliveStrategy((response, context) -> KEPT_UNUSED)
            .setUserAgent("rke4j")
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression()
            .disableAuthCaching()
            .build();
  }

  private static PoolingHttpClientConnectionManager pool(StreamSource source) {
    PoolingHttpClientConnectionManager pool =
        new PoolingHttpClientConnectionManager(
            new Opener(source),
            PoolConcurrencyPolicy.STRICT,
            PoolReusePolicy.LIFO,
            TimeValue.NEG_ONE_MILLISECOND,
            socket -> new QuietConnection());
    pool.setMaxTotal(MAX_STREAMS);
    pool.setDefaultMaxPerRoute(MAX_STREAMS);
    // The check reads with a timeout, which streams do not have; a broken stream shows on use.
    pool.setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND)
            .build());
    return pool;
  }

  @Override
  public Response execute(Request request) {
    if (request.hijackedInput() != null) {
      throw new UnsupportedOperationException("attaching to a container's input");
    }
    HttpUriRequestBase http = new HttpUriRequestBase(request.method(), URI.create(request.path()));
    request.headers().forEach(http::addHeader);
    http.setConfig(RequestConfig.custom().setResponseTimeout(patience(request.path())).build());
    try {
      byte[] body = body(request);
      if (body != null) {
        // A repeatable body: the request can be sent again if the stream turns out to be broken.
        http.setEntity(new ByteArrayEntity(body, null));
      }
      ClassicHttpResponse response = client.executeOpen(ENGINE, http, null);
      closeSurplus();
      return new HttpAnswer(http, response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The host has just answered, so it is there to close what it has open. */
  private void closeSurplus() {
    if (streams.getTotalStats().getAvailable() > KEPT_UNUSED_STREAMS) {
      streams.closeIdle(surplusAfter);
    }
  }

  private Timeout patience(String path) {
    boolean isLong = path.contains("/images/create") || path.endsWith("/wait");
    return Timeout.of(isLong ? patience.longSilence() : patience.silence());
  }

  private static byte @Nullable [] body(Request request) throws IOException {
    try (InputStream body = request.body()) {
      return body == null ? request.bodyBytes() : body.readAllBytes();
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  /** Gives the pool its connections. */
  private record Opener(StreamSource source) implements HttpClientConnectionOperator {

    @Override
    public void connect(
        ManagedHttpClientConnection connection,
        HttpHost host,
        InetSocketAddress localAddress,
        TimeValue connectTimeout,
        SocketConfig socketConfig,
        HttpContext context)
        throws IOException {
      connection.bind(new StreamSocket(source.open(), "the engine"));
    }

    @Override
    public void upgrade(
        ManagedHttpClientConnection connection, HttpHost host, HttpContext context) {
      throw new UnsupportedOperationException("TLS to a Unix socket");
    }
  }
}
