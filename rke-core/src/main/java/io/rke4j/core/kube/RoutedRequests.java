package io.rke4j.core.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.node.Route;
import io.rke4j.spi.node.Stream;
import io.rke4j.spi.node.StreamSocket;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Requests over a way that is not the direct one, each on a stream of its own. They are in the
 * oldest HTTP, in which an answer ends with its stream: the libraries that speak a newer one open
 * their connections themselves, and nothing here listens for them on a port of this machine.
 */
final class RoutedRequests implements Requests {

  private final Route route;
  private final SSLContext tls;

  RoutedRequests(Route route, Config config) {
    this.route = route;
    try {
      this.tls = SSLUtils.sslContext(config);
    } catch (GeneralSecurityException | IOException e) {
      // Without the cause, which may quote a key.
      throw ProviderException.permanentFailure(
          "the kubeconfig cannot be used: its certificates or key cannot be read", "", null);
    }
  }

  @Override
  public Answer send(Request request) {
    URI url = URI.create(request.url());
    try (Stream stream = route.open(url.getHost(), port(url));
        Socket plain = limited(stream, url);
        Socket encrypted = encrypt(plain, url)) {
      return exchange(request, url, encrypted);
    } catch (IOException e) {
      throw ConnectionFailure.of(request.toString(), e);
    }
  }

  private static Socket limited(Stream stream, URI url) throws IOException {
    Socket socket = new StreamSocket(stream, url.getRawAuthority());
    socket.setSoTimeout((int) TIMEOUT.toMillis());
    return socket;
  }

  private static int port(URI url) {
    return url.getPort() < 0 ? 443 : url.getPort();
  }

  private Socket encrypt(Socket plain, URI url) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, url.getHost(), port(url), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static Answer exchange(Request request, URI url, Socket socket) throws IOException {
    byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String head =
        request.method()
            + " "
            + url.getRawPath()
            + query
            + " HTTP/1.0\r\n"
            + "Host: "
            + url.getRawAuthority()
            + "\r\n"
            + "Accept: application/json, text/plain\r\n"
            + "Content-Type: "
            + request.contentType()
            + "\r\n"
            + "Content-Length: "
            + body.length
            + "\r\n\r\n";
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    return read(request, socket.getInputStream());
  }

  private static Answer read(Request request, InputStream in) throws IOException {
    String[] status = line(in).split(" ", 3);
    if (status.length < 2 || !status[1].matches("\\d{3}")) {
      throw new IOException("the answer is not HTTP");
    }
    int length = -1;
    String date = "";
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':') + 1;
      String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
      if (name.equals("content-length:")) {
        length = Integer.parseInt(header.substring(colon).strip());
      } else if (name.equals("date:")) {
        date = header.substring(colon);
      }
    }
    byte[] body = length < 0 ? in.readAllBytes() : in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the answer broke off");
    }
    String text = new String(body, StandardCharsets.UTF_8);
    return new Answer(request.toString(), Integer.parseInt(status[1]), text, date);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the answer broke off");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  @Override
  public void close() {
    // Every stream is closed when its answer is there.
  }
}
