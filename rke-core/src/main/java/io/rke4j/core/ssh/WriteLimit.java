package io.rke4j.core.ssh;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Gives up a connection on which nothing can be sent any more. Where the other side is gone without
 * a word in the middle of an upload, this machine's buffers fill, and whoever writes holds up the
 * questions whether anybody is there, too: the operating system would wait for a quarter of an
 * hour.
 *
 * @param connection what is closed then, with all its channels
 * @param time how long sending a piece may take; longer than SSH itself waits until the other side
 *     is ready for it
 */
record WriteLimit(Closeable connection, Duration time) {

  private static final int PIECE = 32 * 1024;

  /** The same output with that limit. */
  OutputStream on(OutputStream output) {
    return new Limited(output);
  }

  private interface Sending {
    void run() throws IOException;
  }

  private void within(Sending sending) throws IOException {
    TimeLimit limit = new TimeLimit(connection, time);
    try (limit) {
      sending.run();
    } catch (IOException e) {
      throw limit.isUp()
          ? new IOException("nothing could be sent for " + time.toSeconds() + " s", e)
          : e;
    }
  }

  private final class Limited extends FilterOutputStream {

    Limited(OutputStream output) {
      super(output);
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int sent = 0; sent < length; sent += PIECE) {
        int begin = offset + sent;
        int count = Math.min(PIECE, length - sent);
        within(() -> out.write(bytes, begin, count));
      }
    }

    @Override
    public void flush() throws IOException {
      within(out::flush);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
