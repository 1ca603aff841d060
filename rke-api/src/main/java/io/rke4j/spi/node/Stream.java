package io.rke4j.spi.node;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;

/** Bytes in both directions. */
public interface Stream extends Closeable {

  /** What the other side sends. */
  InputStream input();

  /** What the other side receives; flush to send. */
  OutputStream output();
}
