package io.rke4j.testkit.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.testkit.kube.json.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Requests with the JDK's client. */
final class TestClient {

  private final HttpClient http;
  private final String server;
  private String accept = "application/json";
  private Duration limit = Duration.ofSeconds(10);

  /** An answer. */
  record Reply(int status, String body) {

    JsonNode json() {
      return Json.parse(body);
    }

    String text(String pointer) {
      return json().at(pointer).asText();
    }
  }

  TestClient(
      InetSocketAddress address,
      TestAuthority authority,
      Optional<TestAuthority.Certified> client) {
    server = "https://127.0.0.1:" + address.getPort();
    http =
        HttpClient.newBuilder()
            .sslContext(context(authority, client))
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(limit)
            .build();
  }

  private static SSLContext context(
      TestAuthority authority, Optional<TestAuthority.Certified> client) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", authority.certificate());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      if (client.isPresent()) {
        own.setKeyEntry(
            "own",
            client.get().keys().getPrivate(),
            new char[0],
            new X509Certificate[] {client.get().certificate()});
      }
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  TestClient accepting(String type) {
    accept = type;
    return this;
  }

  /** A connection on which nothing is ever asked. */
  Socket connect(InetSocketAddress address) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            http.sslContext()
                .getSocketFactory()
                .createSocket(address.getAddress(), address.getPort());
    socket.startHandshake();
    return socket;
  }

  TestClient within(Duration time) {
    limit = time;
    return this;
  }

  Reply get(String path) {
    return send("GET", path, "application/json", "");
  }

  Reply post(String path, String body) {
    return send("POST", path, "application/json", body);
  }

  Reply put(String path, String body) {
    return send("PUT", path, "application/json", body);
  }

  Reply patch(String path, String way, String body) {
    return send("PATCH", path, "application/" + way, body);
  }

  Reply delete(String path) {
    return send("DELETE", path, "application/json", "");
  }

  Reply delete(String path, String options) {
    return send("DELETE", path, "application/json", options);
  }

  Reply withToken(String path, String token) {
    HttpRequest request = builder(path).header("Authorization", "Bearer " + token).GET().build();
    return send(request);
  }

  Reply send(String method, String path, String type, String body) {
    return send(
        builder(path)
            .header("Content-Type", type)
            .header("Accept", accept)
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder builder(String path) {
    return HttpRequest.newBuilder(URI.create(server + path)).timeout(limit);
  }

  private Reply send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The events of a watch, as they come; the end of the stream is the end of the watch. */
  Stream<JsonNode> watch(String path) {
    try {
      return http.send(builder(path).header("Accept", accept).build(), BodyHandlers.ofLines())
          .body()
          .map(Json::parse);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
