package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.host.PortService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A port that answers one request of HTTP for each connection: the health endpoints of components.
 *
 * @param answers what is said to a path
 */
record HttpPort(Function<String, Reply> answers) implements PortService {

  private static final int PATIENCE_MILLIS = 20_000;

  /**
   * An answer.
   *
   * @param status the code of HTTP
   * @param text the body
   */
  record Reply(int status, String text) {
    static final Reply OK = new Reply(200, "ok");
    static final Reply NOT_FOUND = new Reply(404, "404 page not found\n");
  }

  /** Says {@code ok} at {@code /healthz}, as all components of Kubernetes do. */
  static HttpPort healthy() {
    return new HttpPort(path -> path.equals("/healthz") ? Reply.OK : Reply.NOT_FOUND);
  }

  /** The same with TLS. */
  PortService with(SSLContext tls, boolean wantsClientCertificate) {
    return connection -> {
      connection.setSoTimeout(PATIENCE_MILLIS);
      try (SSLSocket secure =
          (SSLSocket)
              tls.getSocketFactory()
                  .createSocket(connection, "client", connection.getPort(), true)) {
        secure.setUseClientMode(false);
        secure.setNeedClientAuth(wantsClientCertificate);
        serve(secure);
      }
    };
  }

  @Override
  public void serve(Socket connection) throws IOException {
    connection.setSoTimeout(PATIENCE_MILLIS);
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
    String request = reader.readLine();
    if (request == null) {
      return;
    }
    for (String line = request; line != null && !line.isEmpty(); line = reader.readLine()) {}
    String[] words = request.split(" ", 3);
    Reply reply =
        words.length < 2 ? Reply.NOT_FOUND : answers.apply(words[1].replaceFirst("\\?.*", ""));
    String reason = reply.status() == 200 ? "OK" : "Error";
    byte[] body = reply.text().getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 " + reply.status() + " " + reason + "\r\nConnection: close\r\nContent-Length: ";
    connection
        .getOutputStream()
        .write((head + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    connection.getOutputStream().write(body);
    connection.getOutputStream().flush();
  }
}
