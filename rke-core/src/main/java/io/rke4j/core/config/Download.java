package io.rke4j.core.config;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Fetches a manifest from a web server, within bounds of size and time. */
final class Download {

  private static final int OK = 200;
  private static final int FIRST_REDIRECT = 300;

  private final Duration patience;

  /**
   * A download.
   *
   * @param patience how long the server may be silent
   */
  Download(Duration patience) {
    this.patience = patience;
  }

  /**
   * The text behind an address.
   *
   * @throws IOException if there is none; the message names the status, never the address, which
   *     may hold a password
   * @throws IllegalArgumentException if the address is not one
   */
  String text(String address) throws IOException {
    if (!(URI.create(address).toURL().openConnection() instanceof HttpURLConnection connection)) {
      throw new IOException("it is not an http or https address");
    }
    int milliseconds = Math.toIntExact(patience.toMillis());
    connection.setConnectTimeout(milliseconds);
    connection.setReadTimeout(milliseconds);
    try {
      int status = connection.getResponseCode();
      if (status < OK || status >= FIRST_REDIRECT) {
        throw new IOException("the server answered with status " + status);
      }
      try (InputStream body = connection.getInputStream()) {
        return new String(read(body), StandardCharsets.UTF_8);
      }
    } finally {
      connection.disconnect();
    }
  }

  private byte[] read(InputStream body) throws IOException {
    long deadline = System.nanoTime() + 4 * patience.toNanos();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] chunk = new byte[8192];
    for (int length = body.read(chunk); length >= 0; length = body.read(chunk)) {
      content.write(chunk, 0, length);
      if (content.size() > YamlText.MAX_SIZE) {
        throw new IOException("it is larger than 5 MB");
      }
      // Each read is bounded, but a server that drips would never reach that bound.
      if (System.nanoTime() > deadline) {
        throw new IOException("it did not arrive within " + 4 * patience.toSeconds() + " seconds");
      }
    }
    return content.toByteArray();
  }
}
