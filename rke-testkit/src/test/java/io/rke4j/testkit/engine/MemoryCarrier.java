package io.rke4j.testkit.engine;

import io.rke4j.testkit.host.Duplex;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The way back of a stream to an engine, in memory. */
public final class MemoryCarrier implements Duplex.Carrier {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Whether the stream ends in that time. */
  public boolean isClosedWithin(Duration time) throws InterruptedException {
    return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** How many bytes have come. */
  public int size() {
    return bytes.size();
  }

  /** All that has come. */
  public String text(Charset charset) {
    return bytes.toString(charset);
  }

  @Override
  public OutputStream output() {
    return bytes;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
