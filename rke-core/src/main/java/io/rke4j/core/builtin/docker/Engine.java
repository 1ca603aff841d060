package io.rke4j.core.builtin.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.runtime.DiskFullException;
import io.rke4j.spi.runtime.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Docker Engine of one host; turns what goes wrong into this library's failures. */
final class Engine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  /** The newest API that this package was written for. */
  private static final RemoteApiVersion NEWEST = RemoteApiVersion.VERSION_1_44;

  private static final int FIRST_REFUSAL = 400;

  private static final DockerHttpClient.Request PING =
      DockerHttpClient.Request.builder()
          .method(DockerHttpClient.Request.Method.GET)
          .path("/_ping")
          .build();

  private final NodeConnection connection;
  private final String socket;
  private final DockerHttpClient http;
  private final DockerClient client;

  private Engine(
      NodeConnection connection, String socket, DockerHttpClient http, DockerClient client) {
    this.connection = connection;
    this.socket = socket;
    this.http = http;
    this.client = client;
  }

  /** Opens an engine that answers. */
  static Engine open(NodeConnection connection, String socket, EnginePatience patience) {
    HttpOverStreams http = new HttpOverStreams(() -> connection.openSocket(socket), patience);
    try {
      EngineSettings settings = new EngineSettings(version(http));
      return new Engine(connection, socket, http, DockerClientImpl.getInstance(settings, http));
    } catch (UncheckedIOException e) {
      closeQuietly(http);
      throw broken(connection, socket, "asking the engine", Objects.requireNonNull(e.getCause()));
    } catch (RuntimeException e) {
      closeQuietly(http);
      throw e;
    }
  }

  private static RemoteApiVersion version(DockerHttpClient http) {
    try (DockerHttpClient.Response answer = http.execute(PING)) {
      String newestOfEngine = answer.getHeader("Api-Version");
      RemoteApiVersion version = RemoteApiVersion.parseConfigWithDefault(newestOfEngine);
      return version.isGreaterOrEqual(NEWEST) || version.equals(RemoteApiVersion.unknown())
          ? NEWEST
          : version;
    }
  }

  String host() {
    return connection.host();
  }

  /** Asks the engine something. */
  <T> T ask(String what, Function<DockerClient, T> question) {
    try {
      return question.apply(client);
    } catch (RuntimeException e) {
      throw failure(what, e);
    }
  }

  /** Asks the engine something for which docker-java has no command; the answer is left unread. */
  void get(String what, String path, Map<String, String> headers) {
    DockerHttpClient.Request question =
        DockerHttpClient.Request.builder()
            .method(DockerHttpClient.Request.Method.GET)
            .path(path)
            .putAllHeaders(headers)
            .build();
    try (DockerHttpClient.Response answer = http.execute(question)) {
      if (answer.getStatusCode() >= FIRST_REFUSAL) {
        String words = new String(answer.getBody().readAllBytes(), StandardCharsets.UTF_8);
        throw new DockerException(words, answer.getStatusCode());
      }
    } catch (IOException | RuntimeException e) {
      throw failure(what, e);
    }
  }

  /** Asks for something that may not be there. */
  <T> Optional<T> find(String what, Function<DockerClient, T> question) {
    try {
      return Optional.of(question.apply(client));
    } catch (NotFoundException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      throw failure(what, e);
    }
  }

  /** Has the engine do something; fine if it was done already. */
  void tell(String what, Consumer<DockerClient> order) {
    try {
      order.accept(client);
    } catch (NotModifiedException e) {
      LOG.debug("{}: already so", what);
    } catch (RuntimeException e) {
      throw failure(what, e);
    }
  }

  /** What a failed call means. */
  RuntimeException failure(String what, Throwable failure) {
    if (failure instanceof ProviderException known) {
      return known;
    }
    if (failure instanceof DockerException refused) {
      return refused(on(what), refused);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io) {
        return broken(connection, socket, on(what), io);
      }
    }
    return failure instanceof RuntimeException bug ? bug : new IllegalStateException(failure);
  }

  private static ProviderException refused(String what, DockerException refused) {
    String words = EngineWords.of(refused);
    return EngineWords.sayDiskFull(words)
        ? new DiskFullException(what, words, refused)
        : new EngineException(what, words, refused.getHttpStatus() == 503, refused);
  }

  private String on(String what) {
    return what + " on " + host();
  }

  private static ProviderException broken(
      NodeConnection connection, String socket, String what, IOException failure) {
    if (failure instanceof SocketTimeoutException) {
      String hint =
          "; it takes connections, so it hangs, or the stream to it is dead: run again, and if that"
              + " is no help, restart it (systemctl restart docker)";
      return new EngineException(what, failure.getMessage() + hint, false, failure);
    }
    try {
      // Whether only this stream broke, or the engine or the whole host is gone.
      connection.openSocket(socket).close();
    } catch (ProviderException cause) {
      cause.addSuppressed(failure);
      return cause;
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return new EngineException(
        what, "the connection to the engine broke: " + failure.getMessage(), true, failure);
  }

  @Override
  public void close() {
    closeQuietly(client);
  }

  private static void closeQuietly(java.io.Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      LOG.debug("closing the connection to an engine", e);
    }
  }
}
