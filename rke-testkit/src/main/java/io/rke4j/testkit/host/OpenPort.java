package io.rke4j.testkit.host;

/** A port that something listens on, until closed. */
@FunctionalInterface
public interface OpenPort extends AutoCloseable {
  @Override
  void close();
}
