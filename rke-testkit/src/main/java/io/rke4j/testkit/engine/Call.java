package io.rke4j.testkit.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.container.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** One request with the names in its path, and the way to answer it. */
final class Call {

  private static final Map<Integer, String> REASONS =
      Map.of(
          101, "UPGRADED",
          200, "OK",
          201, "Created",
          204, "No Content",
          304, "Not Modified",
          400, "Bad Request",
          404, "Not Found",
          409, "Conflict",
          500, "Internal Server Error",
          501, "Not Implemented");

  private final HttpRequest request;
  private final List<String> names;
  private final HttpConnection connection;
  private final Served served;

  Call(HttpRequest request, List<String> names, HttpConnection connection, Served served) {
    this.request = request;
    this.names = names;
    this.connection = connection;
    this.served = served;
  }

  HttpRequest request() {
    return request;
  }

  HttpConnection connection() {
    return connection;
  }

  /** The second number of the version of the API that the client speaks. */
  int api() {
    return served.api();
  }

  /** The first name in the path. */
  String name() {
    return names.get(0);
  }

  String parameter(String name) {
    return request.parameter(name);
  }

  boolean flag(String name) {
    return request.flag(name);
  }

  /** The body, which must be a JSON object. */
  ObjectNode json() {
    return Json.parse(request.body());
  }

  void ok(JsonNode answer) throws IOException {
    json(200, answer);
  }

  void json(int status, JsonNode answer) throws IOException {
    send(status, "application/json", Json.bytes(answer), Map.of());
  }

  void refuse(int status, String message) throws IOException {
    json(status, Json.object().put("message", message));
  }

  /** Done, and nothing to say: 204, or 304 if it was so before. */
  void done(boolean changed) throws IOException {
    empty(changed ? 204 : 304);
  }

  void empty(int status) throws IOException {
    write(head(status, "") + "\r\n");
  }

  void send(int status, String type, byte[] body, Map<String, String> more) throws IOException {
    StringBuilder head = new StringBuilder(head(status, type));
    more.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Length: " + body.length + "\r\n\r\n");
    write(head.toString());
    if (!request.method().equals("HEAD")) {
      connection.carrier().output().write(body);
      connection.carrier().output().flush();
    }
  }

  /** An answer that comes in pieces; closing it ends the answer, not the stream. */
  OutputStream stream(String type) throws IOException {
    write(head(200, type) + "Transfer-Encoding: chunked\r\n\r\n");
    return new ChunkedOutput(connection.carrier().output());
  }

  /** Turns the stream into a plain one, in both directions, until its end. */
  OutputStream hijack(HttpConnection.RawInput input) throws IOException {
    String type = "application/vnd.docker.raw-stream";
    if (request.header("upgrade").isEmpty()) {
      write("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n");
    } else {
      write(
          "HTTP/1.1 101 UPGRADED\r\nContent-Type: "
              + type
              + "\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
    }
    connection.hijack(input);
    return connection.carrier().output();
  }

  private String head(int status, String type) {
    StringBuilder head = new StringBuilder();
    head.append("HTTP/1.1 " + status + " " + REASONS.getOrDefault(status, "Other") + "\r\n");
    head.append("Api-Version: " + served.engine().api() + "\r\nDocker-Experimental: false\r\n");
    head.append("Ostype: linux\r\nServer: Docker/" + served.engine() + " (linux)\r\n");
    head.append("Date: " + now() + "\r\n");
    if (!type.isEmpty()) {
      head.append("Content-Type: " + type + "\r\n");
    }
    return head.toString();
  }

  private static String now() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
  }

  private void write(String head) throws IOException {
    OutputStream output = connection.carrier().output();
    output.write(head.getBytes(StandardCharsets.UTF_8));
    output.flush();
  }
}
