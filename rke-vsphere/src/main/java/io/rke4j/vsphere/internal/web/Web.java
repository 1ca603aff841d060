package io.rke4j.vsphere.internal.web;

import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.settings.VsphereConnection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Sends requests to one vCenter server, and says what is wrong with the way there. Thread-safe. */
public final class Web {

  private static final Duration CONNECT = Duration.ofSeconds(15);

  // vCenter answers slowly under load; what takes longer than this are its tasks, not its calls.
  private static final Duration ANSWER = Duration.ofMinutes(2);

  private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);

  private final HttpClient client;
  private final URI root;

  /** Prepares the way; nothing is sent yet. */
  public Web(VsphereConnection connection) {
    this.root = connection.root();
    this.client =
        HttpClient.newBuilder()
            .sslContext(TlsContext.of(connection.trust()))
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** A request to a path of the server, query included and encoded. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(root.resolve(path)).timeout(ANSWER);
  }

  /** The server, for messages. */
  public String server() {
    return "vCenter " + root.getAuthority();
  }

  /**
   * Sends a request.
   *
   * @throws VsphereException if there was no answer, or the server is too busy to give one
   */
  public HttpResponse<byte[]> send(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (BUSY.contains(answer.statusCode())) {
        throw VsphereException.unanswered(
            server(), "answered HTTP " + answer.statusCode(), "Try again later", true, null);
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw VsphereException.unanswered(server(), "the call was interrupted", "", false, e);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private VsphereException unreachable(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return VsphereException.unanswered(
            server(),
            "its certificate is not trusted: " + cause.getMessage(),
            "Give the file of its authority, or the SHA-256 fingerprint if it is the right one",
            false,
            e);
      }
    }
    if (e instanceof SSLException) {
      return VsphereException.unanswered(
          server(), "no TLS connection: " + e.getMessage(), "Check server and port", false, e);
    }
    String what = e instanceof HttpTimeoutException ? "did not answer in time" : "is out of reach";
    String more = e.getMessage() == null ? "" : ": " + e.getMessage();
    return VsphereException.unanswered(
        server(), what + more, "Check server, port and firewall", true, e);
  }
}
