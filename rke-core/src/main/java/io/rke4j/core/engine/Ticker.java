package io.rke4j.core.engine;

/**
 * How time passes for a run. All waiting of the engine goes through it, so that its tests can have
 * one in which an hour is over at once.
 */
public interface Ticker {

  /** The time of this world. */
  Ticker REAL =
      new Ticker() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // it may return early; whoever calls it loops
        public void await(Object monitor, long millis) throws InterruptedException {
          monitor.wait(millis);
        }
      };

  /** A moment, as {@link System#nanoTime} has them. */
  long nanoTime();

  /**
   * Waits until a monitor that the caller holds is notified, or until the time is over; may return
   * earlier, as {@link Object#wait(long)} may.
   */
  void await(Object monitor, long millis) throws InterruptedException;
}
