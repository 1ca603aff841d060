package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.rke4j.api.cluster.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An API server in memory, over HTTPS: it keeps any object under its path, knows versions and label
 * selectors, and counts what is written. A test can answer a request itself, or watch writes.
 */
public final class KubeApiStub implements AutoCloseable {

  /** An answer of a test's own. */
  public record Reply(int status, String body) {}

  private final TestCertificate certificate;
  private final HttpsServer server;
  private final Map<String, ObjectNode> objects = new TreeMap<>();
  private final List<String> writes = new ArrayList<>();
  private volatile Function<String, Optional<Reply>> interceptor = request -> Optional.empty();
  private long version;

  static {
    // Otherwise each answer waits 40 ms for an acknowledgement of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private KubeApiStub(TestCertificate certificate) throws IOException {
    this.certificate = certificate;
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    server.createContext("/", this::handle);
    server.start();
  }

  public static KubeApiStub started() {
    return started(TestCertificate.forLoopback());
  }

  static KubeApiStub started(TestCertificate certificate) {
    try {
      return new KubeApiStub(certificate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Secret kubeconfig() {
    return kubeconfig(certificate.base64());
  }

  /** For somebody who has a certificate. */
  Secret kubeconfig(TestCertificate user) {
    return KubeConfig.forAdministrator(
        "local",
        "https://127.0.0.1:" + server.getAddress().getPort(),
        certificate.pem(),
        user.pem(),
        user.key());
  }

  Secret kubeconfig(String caData) {
    return Secret.of(
        """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts:
          - name: here
            context: {cluster: local, user: admin}
        clusters:
          - name: local
            cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}
        users:
          - name: admin
            user: {token: s3cr3t-token}
        """
            .formatted(server.getAddress().getPort(), caData));
  }

  /** Lets a test answer requests, given as verb and path, before the store does. */
  public void intercept(Function<String, Optional<Reply>> answer) {
    interceptor = answer;
  }

  /** Forgets all objects, writes, and what was to be answered. */
  public synchronized void clear() {
    objects.clear();
    writes.clear();
    interceptor = request -> Optional.empty();
  }

  /** Puts an object there without counting it as written. */
  public synchronized void put(String path, JsonNode object) {
    ObjectNode copy = object.deepCopy();
    copy.withObject("/metadata")
        .put("resourceVersion", Long.toString(++version))
        .put("name", path.substring(path.lastIndexOf('/') + 1));
    objects.put(path, copy);
  }

  public synchronized Optional<JsonNode> get(String path) {
    return Optional.ofNullable(objects.get(path)).map(JsonNode::deepCopy);
  }

  public synchronized void remove(String path) {
    objects.remove(path);
  }

  /** Verb and path of every write since the last call. */
  public synchronized List<String> writes() {
    List<String> seen = List.copyOf(writes);
    writes.clear();
    return seen;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String query = exchange.getRequestURI().getRawQuery();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String request = exchange.getRequestMethod() + " " + path;
    Reply reply = interceptor.apply(request).orElseGet(() -> answer(request, path, query, body));
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized Reply answer(
      String request, String path, @Nullable String query, String body) {
    String method = request.substring(0, request.indexOf(' '));
    if (!method.equals("GET")) {
      writes.add(request);
    }
    return switch (method) {
      case "GET" -> objects.containsKey(path) ? ok(path) : list(path, query);
      case "POST" -> create(path, read(body));
      case "PUT" -> replace(path, read(body));
      case "PATCH" -> merge(path, read(body));
      default -> delete(path);
    };
  }

  private Reply create(String collection, ObjectNode object) {
    ObjectNode metadata = object.withObject("/metadata");
    if (!metadata.has("name")) {
      metadata.put("name", metadata.path("generateName").asText() + "1");
    }
    if (collection.endsWith("/jobs")) {
      String uid = "uid-of-" + metadata.path("name").asText();
      metadata.put("uid", uid);
      object.withObject("/spec/template/metadata/labels").put("controller-uid", uid);
    }
    String path = collection + "/" + object.at("/metadata/name").asText();
    if (objects.containsKey(path)) {
      return failure(409, "AlreadyExists");
    }
    put(path, object);
    return ok(path);
  }

  private Reply replace(String path, ObjectNode object) {
    if (isOutdated(path, object)) {
      return failure(409, "Conflict");
    }
    put(path, object);
    return ok(path);
  }

  private Reply merge(String path, ObjectNode patch) {
    ObjectNode object = objects.get(path);
    if (object == null) {
      return failure(404, "NotFound");
    }
    if (isOutdated(path, patch)) {
      return failure(409, "Conflict");
    }
    put(path, merged(object, patch));
    return ok(path);
  }

  private Reply delete(String path) {
    return objects.remove(path) == null ? failure(404, "NotFound") : new Reply(200, "{}");
  }

  private boolean isOutdated(String path, JsonNode object) {
    JsonNode given = object.at("/metadata/resourceVersion");
    ObjectNode current = objects.get(path);
    return !given.isMissingNode()
        && (current == null || !given.equals(current.at("/metadata/resourceVersion")));
  }

  private static ObjectNode merged(ObjectNode object, JsonNode patch) {
    ObjectNode result = object.deepCopy();
    patch
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isNull()) {
                result.remove(field.getKey());
              } else if (field.getValue().isObject()) {
                JsonNode inner = result.path(field.getKey());
                ObjectNode base = inner.isObject() ? (ObjectNode) inner : KubeJson.object();
                result.set(field.getKey(), merged(base, field.getValue()));
              } else {
                result.set(field.getKey(), field.getValue());
              }
            });
    return result;
  }

  private Reply list(String path, @Nullable String query) {
    if (!path.matches(".*/(nodes|jobs|pods|configmaps|events)")) {
      return failure(404, "NotFound");
    }
    String selector = query == null ? "" : URLDecoder.decode(query, StandardCharsets.UTF_8);
    ObjectNode list = KubeJson.object();
    var items = list.putArray("items");
    objects.forEach(
        (key, object) -> {
          if (key.substring(0, key.lastIndexOf('/')).equals(path) && matches(object, selector)) {
            items.add(object);
          }
        });
    return new Reply(200, list.toString());
  }

  private static boolean matches(JsonNode object, String selector) {
    String[] parts = selector.split("=", 3);
    return switch (parts[0]) {
      case "labelSelector" ->
          object.at("/metadata/labels").path(parts[1]).asText("").equals(parts[2]);
      case "fieldSelector" ->
          object.at("/" + parts[1].replace('.', '/')).asText("").equals(parts[2]);
      default -> true;
    };
  }

  private Reply ok(String path) {
    return new Reply(200, String.valueOf(objects.get(path)));
  }

  public static Reply failure(int status, String reason) {
    return new Reply(
        status,
        KubeJson.object()
            .put("kind", "Status")
            .put("reason", reason)
            .put("message", "the stub says " + reason)
            .toString());
  }

  private static ObjectNode read(String body) {
    return KubeJson.read(body).orElseThrow();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
