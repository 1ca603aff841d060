package io.rke4j.core.builtin.ecr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Single requests, of which neither the time nor the answer's length is the server's to choose. */
final class BoundedHttp {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LARGEST = 1 << 20;
  private static final int FIRST_FAILURE = 400;

  private BoundedHttp() {}

  /**
   * What came back.
   *
   * @param status of HTTP
   * @param body may hold secrets
   */
  record Answer(int status, String body) {

    JsonNode json() throws IOException {
      try {
        return new ObjectMapper().readTree(body);
      } catch (JsonProcessingException e) {
        // Without the cause, which quotes the body.
        throw new IOException("the answer is not JSON");
      }
    }

    /** Says nothing of the body. */
    @Override
    public String toString() {
      return "Answer[" + status + "]";
    }
  }

  static Answer ask(String method, URI address, Map<String, String> headers, String body)
      throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(Math.toIntExact(PATIENCE.toMillis()));
    connection.setReadTimeout(Math.toIntExact(PATIENCE.toMillis()));
    connection.setInstanceFollowRedirects(false);
    connection.setRequestMethod(method);
    headers.forEach(connection::setRequestProperty);
    try {
      if (!body.isEmpty()) {
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      }
      int status = connection.getResponseCode();
      try (InputStream stream =
          status < FIRST_FAILURE ? connection.getInputStream() : connection.getErrorStream()) {
        byte[] content = stream == null ? new byte[0] : stream.readNBytes(LARGEST);
        return new Answer(status, new String(content, StandardCharsets.UTF_8));
      }
    } finally {
      connection.disconnect();
    }
  }
}
