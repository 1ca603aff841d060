package io.rke4j.spi;

/** Says whether work should stop. Thread-safe. */
public interface CancellationToken {

  /** Whether cancellation was asked for. */
  boolean isCancelled();

  /** Runs an action as soon as cancellation is asked for; at once if it already was. */
  void onCancel(Runnable action);
}
