package io.rke4j.testkit.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Sends every piece as it is written. */
final class ChunkedOutput extends OutputStream {

  private final OutputStream output;
  private boolean closed;

  ChunkedOutput(OutputStream output) {
    this.output = output;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > 0) {
      output.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      output.write(bytes, offset, length);
      output.write(new byte[] {'\r', '\n'});
      output.flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      output.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      output.flush();
    }
  }
}
