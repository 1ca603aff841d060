package io.rke4j.testkit.kube.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import io.rke4j.testkit.kube.api.Answer.Description;
import io.rke4j.testkit.kube.api.Answer.Live;
import io.rke4j.testkit.kube.api.Answer.Whole;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.protobuf.ProtobufBody;
import io.rke4j.testkit.kube.status.KubeFailure;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Reads requests, asks who may have which answer, and writes it. */
final class KubeHandler implements HttpHandler {

  private final Authentication authentication;
  private final Routes routes;
  private final Faults faults;
  private final Watches watches;

  KubeHandler(Authentication authentication, Routes routes, Faults faults, Watches watches) {
    this.authentication = authentication;
    this.routes = routes;
    this.faults = faults;
    this.watches = watches;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      handle(exchange, read(exchange));
    } catch (KubeFailure e) {
      write(exchange, refused(e));
    }
  }

  private void handle(HttpExchange exchange, ApiRequest request) throws IOException {
    pause(faults.delay());
    Optional<Fault> fault = faults.of(request);
    if (fault.isPresent() && fault.get() instanceof Fault.Silence) {
      // The exchange stays open until the client or the server closes its connection.
      return;
    }
    if (fault.isPresent() && fault.get() instanceof Fault.Meanwhile event) {
      event.action().run();
    }
    if (fault.isPresent() && fault.get() instanceof Fault.Drop) {
      exchange.close();
      return;
    }
    Answer answer =
        fault.isPresent() && fault.get() instanceof Fault.Refusal refusal
            ? refused(refusal.failure())
            : answer(exchange, request);
    if (answer instanceof Live live) {
      watches.start(exchange, live.request());
    } else if (answer instanceof Description description) {
      // By its own name ("…@v1.0+protobuf"), clients could not read the type.
      byte[] body = OpenApi.protobuf(description.types());
      write(exchange, 200, "application/octet-stream", body);
    } else if (answer instanceof Whole whole) {
      write(exchange, whole);
    }
  }

  private static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos();
        left > 0 && !Thread.currentThread().isInterrupted();
        left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private Answer answer(HttpExchange exchange, ApiRequest request) {
    if (header(exchange, "Upgrade").equalsIgnoreCase("websocket")) {
      // The JDK's server has none. Clients take 200 as "no WebSockets" and ask for a stream.
      return Answer.json(200, Json.object());
    }
    try {
      Caller caller =
          authentication
              .of((HttpsExchange) exchange)
              .orElseThrow(() -> KubeFailure.of(401, "Unauthorized", "Unauthorized"));
      return routes.answer(request, caller);
    } catch (KubeFailure e) {
      return refused(e);
    } catch (RuntimeException e) {
      // A mistake of the simulation must not look like a server that went away.
      return refused(KubeFailure.of(500, "InternalError", "Internal error occurred: " + e));
    }
  }

  private static Whole refused(KubeFailure failure) {
    Whole plain = (Whole) Answer.failure(failure);
    return failure.code() == 429 || failure.code() == 503
        ? new Whole(plain.status(), plain.contentType(), plain.body(), Map.of("Retry-After", "1"))
        : plain;
  }

  private static ApiRequest read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String type = header(exchange, "Content-Type");
    return new ApiRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        query(exchange.getRequestURI().getRawQuery()),
        header(exchange, "Accept"),
        type,
        text(type, body));
  }

  private static String text(String type, byte[] body) {
    return body.length > 0 && type.startsWith(ProtobufBody.TYPE)
        ? ProtobufBody.json(body).toString()
        : new String(body, StandardCharsets.UTF_8);
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> parameters = new HashMap<>();
    for (String part : raw == null || raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
      String[] pair = part.split("=", 2);
      parameters.putIfAbsent(decoded(pair[0]), pair.length > 1 ? decoded(pair[1]) : "");
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void write(HttpExchange exchange, Whole whole) throws IOException {
    whole.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = whole.body().getBytes(StandardCharsets.UTF_8);
    write(exchange, whole.status(), whole.contentType(), body);
  }

  private static void write(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-cache, private");
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, body.length == 0 || isHead ? -1 : body.length);
    if (!isHead) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
