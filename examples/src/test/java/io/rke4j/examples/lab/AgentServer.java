package io.rke4j.examples.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The server at which agents log in. It writes down who did. */
final class AgentServer implements AutoCloseable {

  /** The machine, as containers see it. */
  private static final String ADDRESS = "172.17.0.1";

  private static final char[] PASSWORD = "of-a-test".toCharArray();

  private final HttpsServer server;
  private final String authority;
  private final String token;
  private final Set<String> visitors = new ConcurrentSkipListSet<>();

  private AgentServer(HttpsServer server, String authority, String token) {
    this.server = server;
    this.authority = authority;
    this.token = token;
    server.createContext("/v3/settings/cacerts", this::tellAuthority);
    server.createContext("/v3/connect/register", this::letIn);
    server.start();
  }

  static AgentServer start(Path folder, String token) throws IOException, GeneralSecurityException {
    Path key = folder.resolve("agents-key.pem");
    Path certificate = folder.resolve("agents.pem");
    Path store = folder.resolve("agents.p12");
    Command.of("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2")
        .and("-subj", "/CN=agents", "-addext", "subjectAltName=IP:" + ADDRESS)
        .and("-keyout", key.toString(), "-out", certificate.toString())
        .output();
    Command.of("openssl", "pkcs12", "-export", "-passout", "pass:" + new String(PASSWORD))
        .and("-inkey", key.toString(), "-in", certificate.toString(), "-out", store.toString())
        .output();
    HttpsServer server = HttpsServer.create(new InetSocketAddress(ADDRESS, 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls(store)));
    return new AgentServer(server, Files.readString(certificate), token);
  }

  private static SSLContext tls(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream content = Files.newInputStream(store)) {
      keys.load(content, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  String url() {
    return "https://" + ADDRESS + ":" + server.getAddress().getPort();
  }

  String authority() {
    return authority;
  }

  /** What agents said of themselves. */
  Set<String> visitors() {
    return Set.copyOf(visitors);
  }

  private void tellAuthority(HttpExchange exchange) throws IOException {
    answer(exchange, 200, new ObjectMapper().writeValueAsString(Map.of("value", authority)));
  }

  private void letIn(HttpExchange exchange) throws IOException {
    String about = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean known = token.equals(exchange.getRequestHeaders().getFirst("X-API-Tunnel-Token"));
    if (known) {
      visitors.add(about);
    }
    answer(exchange, known ? 200 : 401, "{}");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
