package io.rke4j.testkit.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts requests together from bytes as they come. For one thread at a time. */
final class RequestReader {

  private static final int LARGEST = 512 * 1024 * 1024;

  private final StringBuilder line = new StringBuilder();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private State state = State.HEAD;
  private @Nullable HttpRequest head;
  private long missing;

  private enum State {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER
  }

  /** Something that is not HTTP, or too much of it. */
  static final class MalformedRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedRequestException(String message) {
      super(message);
    }
  }

  /** How many bytes of the input were used, and the request that they have completed. */
  record Progress(int used, Optional<HttpRequest> request) {}

  /** Whether nothing of a request has come yet. */
  boolean isIdle() {
    return state == State.HEAD && line.length() == 0;
  }

  /** Takes bytes until a request is complete or none are left. */
  Progress read(byte[] bytes, int offset, int length) throws MalformedRequestException {
    int used = 0;
    while (used < length) {
      if (state == State.BODY || state == State.CHUNK) {
        int part = (int) Math.min(missing, length - used);
        body.write(bytes, offset + used, part);
        used += part;
        missing -= part;
      } else {
        line.append((char) (bytes[offset + used] & 0xff));
        used++;
      }
      if (advance()) {
        return new Progress(used, Optional.of(finished()));
      }
    }
    return new Progress(used, Optional.empty());
  }

  /** Whether the request is complete. */
  private boolean advance() throws MalformedRequestException {
    if (body.size() > LARGEST) {
      throw new MalformedRequestException("the body is too large for a simulation");
    }
    return switch (state) {
      case HEAD -> endsWith("\r\n\r\n") && headIsComplete();
      case BODY -> missing == 0;
      case CHUNK_SIZE -> {
        if (endsWith("\r\n")) {
          beginChunk();
        }
        yield false;
      }
      case CHUNK -> {
        if (missing == 0) {
          state = State.CHUNK_END;
        }
        yield false;
      }
      case CHUNK_END -> {
        if (endsWith("\r\n")) {
          line.setLength(0);
          state = State.CHUNK_SIZE;
        }
        yield false;
      }
      case TRAILER -> trailerIsComplete();
    };
  }

  private boolean endsWith(String end) {
    int begin = line.length() - end.length();
    return begin >= 0 && line.indexOf(end, begin) == begin;
  }

  private String text() {
    return new String(
        line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private boolean headIsComplete() throws MalformedRequestException {
    HttpRequest request = HttpRequest.head(text());
    head = request;
    line.setLength(0);
    if (request.header("transfer-encoding").equalsIgnoreCase("chunked")) {
      state = State.CHUNK_SIZE;
      return false;
    }
    missing = number(request.header("content-length"), 10);
    state = State.BODY;
    return missing == 0;
  }

  private void beginChunk() throws MalformedRequestException {
    String size = text().strip().split(";", 2)[0];
    line.setLength(0);
    missing = number(size, 16);
    state = missing == 0 ? State.TRAILER : State.CHUNK;
  }

  private boolean trailerIsComplete() {
    if (!endsWith("\r\n")) {
      return false;
    }
    boolean last = line.length() == 2;
    line.setLength(0);
    return last;
  }

  private static long number(String digits, int base) throws MalformedRequestException {
    try {
      return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, base);
    } catch (NumberFormatException e) {
      throw new MalformedRequestException("'" + digits + "' is no length");
    }
  }

  private HttpRequest finished() throws MalformedRequestException {
    HttpRequest request = head;
    if (request == null) {
      throw new MalformedRequestException("a body without a request");
    }
    byte[] content = body.toByteArray();
    body.reset();
    line.setLength(0);
    head = null;
    state = State.HEAD;
    return request.with(content);
  }
}
