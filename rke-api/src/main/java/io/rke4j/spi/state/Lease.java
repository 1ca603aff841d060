package io.rke4j.spi.state;

/** The right to change one cluster. */
public interface Lease extends AutoCloseable {

  /** Whether the right is still held. */
  boolean isHeld();

  @Override
  void close();
}
