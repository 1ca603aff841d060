package io.rke4j.core.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value that a step brings, and that later steps read. Thread-safe.
 *
 * @param <T> what is brought
 */
public final class Later<T> {

  private final String what;
  private volatile @Nullable T value;

  /** A value that is not there yet; {@code what} names it in messages. */
  public Later(String what) {
    this.what = what;
  }

  /** Brings the value. */
  public void bring(T brought) {
    this.value = brought;
  }

  /** The value, if it is there. */
  public Optional<T> peek() {
    return Optional.ofNullable(value);
  }

  /**
   * The value.
   *
   * @throws IllegalStateException if the step that brings it has not run
   */
  public T value() {
    T brought = value;
    if (brought == null) {
      throw new IllegalStateException(what + " is not there yet");
    }
    return brought;
  }
}
