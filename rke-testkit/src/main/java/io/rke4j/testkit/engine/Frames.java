package io.rke4j.testkit.engine;

import io.rke4j.testkit.container.ContainerLog.Line;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes what a container wrote: with a head before each piece that says which of the two streams
 * it belongs to, or as it is if the container has a terminal.
 */
record Frames(OutputStream output, boolean plain) {

  private static final int HEAD = 8;

  void line(Line line) throws IOException {
    write(line.stream(), line.bytes());
  }

  void text(int stream, String text) throws IOException {
    write(stream, text.getBytes(StandardCharsets.UTF_8));
  }

  void write(int stream, byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return;
    }
    if (plain) {
      output.write(bytes);
    } else {
      ByteBuffer frame = ByteBuffer.allocate(HEAD + bytes.length);
      frame.put((byte) stream).put(new byte[3]).putInt(bytes.length).put(bytes);
      output.write(frame.array());
    }
    output.flush();
  }
}
