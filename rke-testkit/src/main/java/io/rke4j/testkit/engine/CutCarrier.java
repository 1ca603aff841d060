package io.rke4j.testkit.engine;

import io.rke4j.testkit.host.Duplex;
import java.io.IOException;
import java.io.OutputStream;

/** A way back on which everything is lost after some bytes, with an end or without a word. */
final class CutCarrier implements Duplex.Carrier {

  private final Duplex.Carrier carrier;
  private final boolean ends;
  private int left;

  private CutCarrier(Duplex.Carrier carrier, boolean ends, int bytes) {
    this.carrier = carrier;
    this.ends = ends;
    this.left = bytes;
  }

  /** One that ends there. */
  static CutCarrier ending(Duplex.Carrier carrier, int bytes) {
    return new CutCarrier(carrier, true, bytes);
  }

  /** One whose end nobody on the other side hears of. */
  static CutCarrier halfOpen(Duplex.Carrier carrier, int bytes) {
    return new CutCarrier(carrier, false, bytes);
  }

  @Override
  public OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        send(bytes, offset, length);
      }

      @Override
      public void flush() throws IOException {
        carrier.output().flush();
      }
    };
  }

  private synchronized void send(byte[] bytes, int offset, int length) throws IOException {
    int sent = Math.min(left, length);
    if (sent > 0) {
      carrier.output().write(bytes, offset, sent);
      carrier.output().flush();
      left -= sent;
    }
    if (ends && sent < length) {
      carrier.close();
      throw new IOException("the stream was to end here");
    }
  }

  @Override
  public void close() {
    if (ends) {
      carrier.close();
    }
  }
}
