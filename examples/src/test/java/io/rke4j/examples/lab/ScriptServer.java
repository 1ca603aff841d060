package io.rke4j.examples.lab;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves one script to hosts. */
final class ScriptServer implements AutoCloseable {

  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();

  private ScriptServer(HttpServer server, byte[] script) {
    this.server = server;
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, script.length);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(script);
          }
        });
    server.start();
  }

  static ScriptServer of(Path script, String address) throws IOException {
    return new ScriptServer(
        HttpServer.create(new InetSocketAddress(address, 0), 0), Files.readAllBytes(script));
  }

  String url() {
    return "http://"
        + server.getAddress().getHostString()
        + ":"
        + server.getAddress().getPort()
        + "/install.sh";
  }

  int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
