package io.rke4j.core.host;

import io.rke4j.core.host.Probe.Trust;
import io.rke4j.spi.Observation;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.node.Stream;
import io.rke4j.spi.node.StreamSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Asks ports of a host over its connection, with the cluster's own certificates. One request on one
 * stream, in the oldest HTTP that every server still speaks: a client library would need a
 * connection pool per host for it.
 */
final class ProbeClient {

  /** What hangs may still take connections; whoever waits for it looks again later. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final NodeConnection connection;
  private final int patienceMillis;

  ProbeClient(NodeConnection connection) {
    this(connection, PATIENCE);
  }

  ProbeClient(NodeConnection connection, Duration patience) {
    this.connection = connection;
    this.patienceMillis = (int) patience.toMillis();
  }

  Observation ask(Probe probe, Optional<SSLContext> tls) {
    boolean secure = probe.scheme().equals("https");
    boolean ofAnyone = probe.trust() == Trust.ANYONE;
    if (secure && tls.isEmpty() && !ofAnyone) {
      return Observation.notYet("no certificates yet");
    }
    try (Stream stream = connection.openPort(probe.address(), probe.port());
        Socket plain = new StreamSocket(stream, probe.address() + ":" + probe.port())) {
      plain.setSoTimeout(patienceMillis);
      if (!secure) {
        return exchange(probe, plain);
      }
      try (Socket encrypted =
          encrypt(plain, probe, ofAnyone ? AnyCertificate.tls() : tls.orElseThrow())) {
        return exchange(probe, encrypted);
      }
    } catch (IOException e) {
      return Observation.notYet(probe + ": " + e.getMessage());
    }
  }

  private static Socket encrypt(Socket plain, Probe probe, SSLContext tls) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, probe.address(), probe.port(), true);
    if (probe.trust() == Trust.CLUSTER) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
    }
    return socket;
  }

  private static Observation exchange(Probe probe, Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(
        ("GET " + probe.path() + " HTTP/1.0\r\nHost: " + probe.address() + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
    BufferedReader answer =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    String status = answer.readLine();
    if (status == null) {
      return Observation.notYet(probe + " closed the connection");
    }
    String[] words = status.split(" ", 3);
    if (words.length > 1 && words[1].equals("200")) {
      return Observation.done();
    }
    return Observation.notYet(probe + " answered " + status + lastLine(answer));
  }

  private static String lastLine(BufferedReader answer) throws IOException {
    String last = "";
    String line = answer.readLine();
    for (int read = 0; line != null && read < 100; read++) {
      last = line.isBlank() ? last : line;
      line = answer.readLine();
    }
    return last.isEmpty() ? "" : " (" + last.strip() + ")";
  }
}
