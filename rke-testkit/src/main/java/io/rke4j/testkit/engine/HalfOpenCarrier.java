package io.rke4j.testkit.engine;

import io.rke4j.testkit.host.Duplex;
import java.io.IOException;
import java.io.OutputStream;

/** A way back on which everything is lost after some bytes, and whose end nobody tells. */
final class HalfOpenCarrier implements Duplex.Carrier {

  private final Duplex.Carrier carrier;
  private int left;

  HalfOpenCarrier(Duplex.Carrier carrier, int bytes) {
    this.carrier = carrier;
    this.left = bytes;
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
  }

  @Override
  public void close() {
    // Nobody on the other side hears of it.
  }
}
