package io.rke4j.testkit.engine;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One request, read to its end. */
final class HttpRequest {

  private final String method;
  private final String target;
  private final String protocol;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private byte[] body = new byte[0];

  private HttpRequest(String method, String target, String protocol) {
    this.method = method;
    this.target = target;
    this.protocol = protocol;
  }

  /** Reads everything before the body. */
  static HttpRequest head(String text) {
    String[] lines = text.split("\r\n", -1);
    String[] words = lines[0].split(" ", 3);
    HttpRequest request =
        words.length == 3
            ? new HttpRequest(words[0], words[1], words[2])
            : new HttpRequest("BAD", "/", "HTTP/1.0");
    for (int line = 1; line < lines.length; line++) {
      int colon = lines[line].indexOf(':');
      if (colon > 0) {
        request.headers.put(
            lines[line].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[line].substring(colon + 1).strip());
      }
    }
    return request;
  }

  HttpRequest with(byte[] content) {
    body = content;
    return this;
  }

  String method() {
    return method;
  }

  /** The path, decoded, without the query. */
  String path() {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    // A plus sign is one in a path.
    return decode(path.replace("+", "%2B"));
  }

  /** A parameter of the query; empty if it is not there. */
  String parameter(String name) {
    int mark = target.indexOf('?');
    if (mark < 0) {
      return "";
    }
    for (String pair : target.substring(mark + 1).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (decode(parts[0]).equals(name)) {
        return parts.length == 2 ? decode(parts[1]) : "";
      }
    }
    return "";
  }

  /** Whether a parameter is set to something that the engine takes for true. */
  boolean flag(String name) {
    return switch (parameter(name).toLowerCase(Locale.ROOT)) {
      case "", "0", "no", "false", "none" -> false;
      default -> true;
    };
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** A header; empty if it is not there. */
  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  byte[] body() {
    return body;
  }

  /** Whether the same stream may carry another request after this one. */
  boolean keepsAlive() {
    return protocol.equals("HTTP/1.1") && !header("connection").equalsIgnoreCase("close");
  }
}
