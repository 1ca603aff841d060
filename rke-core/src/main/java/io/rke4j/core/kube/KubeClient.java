package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.kube.Requests.Request;
import io.rke4j.spi.addon.KubeApiException;
import io.rke4j.spi.node.Route;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Requests to the Kubernetes API in JSON. It speaks to objects as trees, since loading the typed
 * models of Kubernetes costs a cold JVM more time than all requests together. Nothing is repeated
 * here. Thread-safe; every failure is a {@link KubeApiException}.
 */
public final class KubeClient implements AutoCloseable {

  private static final String JSON = "application/json";

  private final String server;
  private final Requests requests;

  private KubeClient(String server, Requests requests) {
    this.server = server;
    this.requests = requests;
  }

  /**
   * A client for the kubeconfig's current context. No request is made yet.
   *
   * @param route the way to the server, if it is not the direct one
   */
  public static KubeClient open(Secret kubeconfig, Optional<Route> route) {
    KubeAccess access = KubeAccess.of(kubeconfig);
    Config config = access.config(Requests.TIMEOUT);
    return new KubeClient(
        access.server(),
        route
            .<Requests>map(way -> new RoutedRequests(way, config))
            .orElseGet(() -> new DirectRequests(config)));
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

  /** What time it is for the API server; for this machine, if it does not say. */
  public Instant time() {
    return send("GET", "/version", JSON, "").date().orElseGet(Instant::now);
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
    return requests.send(new Request(method, server + path, contentType, body));
  }

  @Override
  public void close() {
    requests.close();
  }

  @Override
  public String toString() {
    return "KubeClient[" + server + "]";
  }
}
