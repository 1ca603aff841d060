package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.rke4j.api.cluster.Secret;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.addon.KubeApiException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to the Kubernetes API in JSON. It speaks to objects as trees, since loading the typed
 * models of Kubernetes costs a cold JVM more time than all requests together. Nothing is repeated
 * here. Thread-safe; every failure is a {@link KubeApiException}.
 */
public final class KubeClient implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String JSON = "application/json";

  private final String server;
  private final HttpClient http;

  private KubeClient(String server, HttpClient http) {
    this.server = server;
    this.http = http;
  }

  /** A client for the kubeconfig's current context. No request is made yet. */
  public static KubeClient open(Secret kubeconfig) {
    KubeAccess access = KubeAccess.of(kubeconfig);
    return new KubeClient(
        access.server(), new JdkHttpClientFactory().newBuilder(access.config(TIMEOUT)).build());
  }

  /** The address of the API server. */
  public String server() {
    return server;
  }

  /** The object at a path; empty if there is none. */
  public Optional<ObjectNode> find(String path) {
    Answer answer = send("GET", path, JSON, "");
    return answer.status() == 404 ? Optional.empty() : Optional.of(answer.object());
  }

  /** The object at a path, which must be there. */
  public ObjectNode read(String path) {
    return send("GET", path, JSON, "").object();
  }

  /** The objects of a collection; the path may end with a query. */
  public List<JsonNode> list(String path) {
    return KubeJson.elements(read(path).path("items")).toList();
  }

  /** What is at a path, as text. */
  public String text(String path) {
    return send("GET", path, JSON, "").succeeded().body();
  }

  /** Adds an object to a collection. */
  public ObjectNode create(String collection, JsonNode object) {
    return send("POST", collection, JSON, object.toString()).object();
  }

  /** Puts an object in the place of that at the path, if that is still the version it was. */
  public ObjectNode replace(String path, JsonNode object) {
    return send("PUT", path, JSON, object.toString()).object();
  }

  /** Merges fields into the object at the path (RFC 7386): null takes a field away. */
  public ObjectNode merge(String path, JsonNode fields) {
    return send("PATCH", path, "application/merge-patch+json", fields.toString()).object();
  }

  /**
   * Deletes the object at the path, and what it owns before it. Where there is none, does nothing.
   * It may linger until all that it owns is gone.
   */
  public void delete(String path) {
    Answer answer = send("DELETE", path, JSON, "{\"propagationPolicy\":\"Foreground\"}");
    if (answer.status() != 404) {
      answer.succeeded();
    }
  }

  private Answer send(String method, String path, String contentType, String body) {
    String request = method + " " + server + path;
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            http.newHttpRequestBuilder()
                .uri(server + path)
                .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .header("Accept", "application/json, text/plain")
                .method(method, contentType, body.isEmpty() ? null : body)
                .build(),
            byte[].class);
    try {
      HttpResponse<byte[]> response = answer.get(2 * TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      String text = new String(response.body(), StandardCharsets.UTF_8);
      return new Answer(request, response.code(), text);
    } catch (ExecutionException e) {
      throw ConnectionFailure.of(request, e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw KubeApiException.unreachable(request, "time ran out", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new OperationCancelledException(request);
    }
  }

  @Override
  public void close() {
    http.close();
  }

  @Override
  public String toString() {
    return "KubeClient[" + server + "]";
  }
}
