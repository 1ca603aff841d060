package io.rke4j.core.traffic;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Messages of HTTP, one after the other, in bytes that were recorded. */
final class HttpBytes {

  private final byte[] bytes;
  private int at;

  private HttpBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A message.
   *
   * @param start its first line
   * @param body its body, with chunks put together
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Message(String start, byte[] body) {}

  static HttpBytes of(List<Tape.Piece> pieces, boolean sent) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    pieces.stream().filter(it -> it.sent() == sent).forEach(it -> all.writeBytes(it.bytes()));
    return new HttpBytes(all.toByteArray());
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  int position() {
    return at;
  }

  /**
   * The next message.
   *
   * @param answer whether it is one
   * @param bodiless whether it has no body, whatever its head says
   */
  Message next(boolean answer, boolean bodiless) {
    String start = line();
    int length = -1;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String header = line.toLowerCase(Locale.ROOT);
      chunked |= header.startsWith("transfer-encoding:") && header.contains("chunked");
      length =
          header.startsWith("content-length:")
              ? Integer.parseInt(header.substring(header.indexOf(':') + 1).strip())
              : length;
    }
    boolean none = bodiless || start.contains(" 204 ") || start.contains(" 304 ");
    if (none) {
      return new Message(start, new byte[0]);
    }
    return new Message(start, chunked ? chunks() : take(rest(answer, length)));
  }

  private int rest(boolean answer, int length) {
    return length >= 0 ? length : answer ? bytes.length - at : 0;
  }

  private byte[] chunks() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = size(); size > 0 && hasMore(); size = size()) {
      body.writeBytes(take(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int size() {
    String size = line();
    return size.isEmpty() ? 0 : Integer.parseInt(size, 16);
  }

  private byte[] take(int length) {
    int end = Math.min(at + length, bytes.length);
    byte[] taken = java.util.Arrays.copyOfRange(bytes, at, end);
    at = end;
    return taken;
  }

  private String line() {
    int end = at;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    String line = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1).strip();
    at = Math.min(end + 1, bytes.length);
    return line;
  }
}
